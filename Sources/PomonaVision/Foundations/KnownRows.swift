/// Which rows of a foundation's layer of classes stand for the labels of a new detector.
///
/// Names are compared without regard to letter case, to what separates words and to a number at the end, by which a
/// foundation tells apart two sources of one thing.
struct KnownRows {
    /// For each label the rows that mean it.
    private let rows: [[Int]]

    init(of labels: [String], among known: [String]) {
        let positions = Dictionary(grouping: known.indices) { Self.plain(known[$0]) }
        rows = labels.map { positions[Self.plain($0)] ?? [] }
    }

    var isEmpty: Bool { rows.allSatisfy(\.isEmpty) }

    /// - Parameters:
    ///   - own: The new detector's rows, one label after the other.
    ///   - known: The foundation's.
    /// - Returns: The new detector's with the mean of the foundation's where there are such.
    func merged(into own: [Float], from known: [Float]) -> [Float] {
        let width = own.count / max(1, rows.count)
        var merged = own
        for (label, sources) in rows.enumerated() where !sources.isEmpty {
            for column in 0..<width {
                let sum = sources.reduce(Float(0)) { $0 + known[$1 * width + column] }
                merged[label * width + column] = sum / Float(sources.count)
            }
        }
        return merged
    }

    private static func plain(_ name: String) -> String {
        var words = name.lowercased().split { " _-".contains($0) }
        if words.count > 1, words.last?.allSatisfy(\.isNumber) == true { words.removeLast() }
        return words.joined(separator: " ")
    }
}

/// How often objects of one tag were taken for another.
///
/// Tags are numbered as in the labels they belong to. For object detection the number after the last tag is the
/// background: objects "predicted" as background were missed, detections whose actual tag is background found nothing.
public struct ConfusionMatrix: Codable, Equatable, Sendable {
    /// One number of the matrix.
    public struct Cell: Codable, Equatable, Sendable {
        public var actual: Int
        public var predicted: Int
        public var count: Int

        public init(actual: Int, predicted: Int, count: Int) {
            self.actual = actual
            self.predicted = predicted
            self.count = count
        }
    }

    /// Rows and columns: the tags, and for object detection the background.
    public let size: Int

    /// The numbers above zero, row after row. With a thousand tags nearly all of a million are zero.
    public let cells: [Cell]

    /// Counts pairs. Pairs given more than once add up.
    init(size: Int, pairs: some Sequence<(actual: Int, predicted: Int, count: Int)>) {
        var counts: [Int: Int] = [:]
        for pair in pairs where pair.count > 0 {
            counts[pair.actual * size + pair.predicted, default: 0] += pair.count
        }
        self.size = size
        cells = counts.sorted { $0.key < $1.key }.map { key, count in
            Cell(actual: key / size, predicted: key % size, count: count)
        }
    }

    /// How many of the row's tag were taken for the column's.
    public subscript(actual actual: Int, predicted predicted: Int) -> Int {
        cells.first { $0.actual == actual && $0.predicted == predicted }?.count ?? 0
    }

    /// All numbers, `[size][size]`, a row for each actual tag.
    public var rows: [[Int]] {
        var rows = [[Int]](repeating: [Int](repeating: 0, count: size), count: size)
        for cell in cells {
            rows[cell.actual][cell.predicted] = cell.count
        }
        return rows
    }

    /// The share of each actual tag that was recognized, 0...1: the diagonal of the row-normalized matrix; `nil` for
    /// an empty row.
    public var recognizedShares: [Double?] {
        var (totals, correct) = ([Int](repeating: 0, count: size), [Int](repeating: 0, count: size))
        for cell in cells {
            totals[cell.actual] += cell.count
            if cell.actual == cell.predicted { correct[cell.actual] += cell.count }
        }
        return zip(correct, totals).map { $1 > 0 ? Double($0) / Double($1) : nil }
    }
}

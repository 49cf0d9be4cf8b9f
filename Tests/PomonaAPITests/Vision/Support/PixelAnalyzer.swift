import Foundation
import PomonaAPI
import PomonaCore
import PomonaImaging
import PomonaStore

/// Stands for a model: finds flat shapes on a white ground by their colour, one box for each colour. What it answers
/// follows from the pixels alone.
struct PixelAnalyzer: PhotoAnalyzing {
    /// A photo of a size that is taken, whose top left pixel is black, meets a model that is damaged.
    struct DamagedModel: PomonaError {
        var code: String { "modelDamaged" }
        var message: String { "the model file /secret/path ended early" }
        /// As of a model file that is damaged: nothing that a caller did.
        var kind: ErrorKind { .badData }
    }

    static let colours: [(tag: String, matches: @Sendable (UInt8, UInt8, UInt8) -> Bool)] = [
        ("apple", { $0 > 180 && $1 < 90 && $2 < 90 }),
        ("banana", { $0 > 180 && $1 > 180 && $2 < 90 }),
        ("person", { $0 < 90 && $1 < 90 && $2 > 180 }),
    ]

    func analyze(
        _ photo: [UInt8], with model: AnalysisModel, threshold: Double, isTiled: Bool
    ) async throws -> PhotoAnalysis {
        let image = try ImageDecoder().decode(photo, named: "photo").image
        if image.width >= 50, image.pixels.prefix(3).allSatisfy({ $0 < 40 }) { throw DamagedModel() }
        let labels = try labels(of: model)
        let found = Self.colours.filter { labels.contains($0.tag) }.compactMap { colour in
            Self.object(colour.tag, in: image, where: colour.matches)
        }.filter { $0.confidence >= threshold }.sorted { $0.confidence > $1.confidence }
        if case .custom(let model) = model, model.kind == .genericClassifier {
            return PhotoAnalysis(
                size: image.size, labels: labels,
                tags: found.map { PhotoAnalysis.Tag(name: $0.tag, confidence: $0.confidence) })
        }
        return PhotoAnalysis(size: image.size, labels: labels, objects: found)
    }

    /// The built-in model knows all colours, a custom one those that its file names.
    private func labels(of model: AnalysisModel) throws -> [String] {
        guard case .custom(let model) = model else { return Self.colours.map(\.tag) }
        guard let file = model.files.first else { return [] }
        return try JSONDecoder().decode([String].self, from: Data(contentsOf: URL(filePath: file.path)))
    }

    private static func object(
        _ tag: String, in image: RGBImage, where matches: (UInt8, UInt8, UInt8) -> Bool
    ) -> PhotoAnalysis.Object? {
        var (columns, rows, count) = (Int.max...Int.max, Int.max...Int.max, 0)
        for y in 0..<image.height {
            for x in 0..<image.width {
                let at = (y * image.width + x) * 3
                guard matches(image.pixels[at], image.pixels[at + 1], image.pixels[at + 2]) else { continue }
                columns = count == 0 ? x...x : min(columns.lowerBound, x)...max(columns.upperBound, x)
                rows = count == 0 ? y...y : min(rows.lowerBound, y)...max(rows.upperBound, y)
                count += 1
            }
        }
        guard count > 0 else { return nil }
        let box = Box(
            xMin: Double(columns.lowerBound), yMin: Double(rows.lowerBound), xMax: Double(columns.upperBound + 1),
            yMax: Double(rows.upperBound + 1))
        // The share of the box that has the colour: 1 for a rectangle.
        return PhotoAnalysis.Object(tag: tag, confidence: Double(count) / box.area, box: box)
    }
}

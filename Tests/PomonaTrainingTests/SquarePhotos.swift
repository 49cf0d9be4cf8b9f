import Foundation
import PomonaCore
import PomonaEngine
import PomonaImaging

/// Small photos with one light square on dark noise each: `red` squares and `blue` squares.
struct SquarePhotos {
    let folder: URL
    let set: TrainingSet

    init(count: Int, side: Int = 96, seed: UInt64 = 1) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent("squares-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        var photos: [LabeledPhoto] = []
        for index in 0..<count {
            var generator = SeededGenerator(seed: seed, index)
            let size = ImageSize(width: side, height: side)
            var image = RGBImage(size: size, filledWith: 30)
            for position in image.pixels.indices { image.pixels[position] = UInt8(generator.index(below: 60)) }
            let extent = 24 + generator.index(below: 40)
            let (left, top) = (generator.index(below: side - extent), generator.index(below: side - extent))
            let label = index % 2
            for y in top..<top + extent {
                for x in left..<left + extent { image.pixels[(y * side + x) * 3 + (label == 0 ? 0 : 2)] = 230 }
            }
            let path = folder.appendingPathComponent("\(index).png")
            try Data(image.encoded(as: .png)).write(to: path)
            let box = Box(
                xMin: Double(left), yMin: Double(top), xMax: Double(left + extent), yMax: Double(top + extent))
            photos.append(
                LabeledPhoto(
                    name: "\(index).png", path: path.path, size: size,
                    annotations: [Annotation(label: label, box: box)]))
        }
        set = TrainingSet(labels: ["red", "blue"], photos: photos)
    }

    func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

    func remove() { try? FileManager.default.removeItem(at: folder) }

    /// A short run on these photos.
    func request(steps: Int? = 12, output: String = "model.safetensors") -> TrainingRequest {
        TrainingRequest(
            trainingSet: set, imageSize: 64, budgetSeconds: 300, steps: steps, seed: 7, device: .cpu,
            output: path(output))
    }
}

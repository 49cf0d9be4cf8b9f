import PomonaCore
import PomonaEngine
import PomonaImaging
import PomonaModel
import PomonaVision

/// Looks at a large photo tile by tile, several tiles at once where the device gains by that.
struct TiledDetection {
    private let model: DetectorModel
    private let tiles: PredictionTiles
    private let batchSize: Int

    /// - Throws: ``Failure`` for tiles that are out of range.
    init(model: DetectorModel, tiles: PredictionTiles, batchSize: Int) throws {
        let side = tiles.side ?? 32
        guard side >= 32, (0...0.9).contains(tiles.overlap) else {
            throw Failure(
                code: "invalidOption",
                message:
                    "Tiles of \(side) pixels that overlap by \(tiles.overlap) cannot be made; they must have 32 pixels "
                    + "or more and overlap by 0...0.9.",
                kind: .usage)
        }
        self.model = model
        self.tiles = tiles
        self.batchSize = batchSize
    }

    /// - Parameter photo: Upright, at its own size.
    func detections(_ photo: RGBImage, threshold: Double) throws -> [Detection] {
        let input = model.description.input.size
        let plan = TilePlan(
            photo: photo.size, input: input, tile: tiles.side.map { ImageSize(width: $0, height: $0) },
            overlap: tiles.overlap)
        let small = try photo.resized(to: photo.size.fitted(within: input))
        let whole = try model.detections([(image: small, size: photo.size)], threshold: threshold)[0]
        guard !plan.isWhole else { return whole }
        var inTiles: [[Detection]] = []
        for first in stride(from: 0, to: plan.tiles.count, by: batchSize) {
            let parts = plan.tiles[first..<min(first + batchSize, plan.tiles.count)].compactMap {
                photo.cropped(to: $0)
            }
            inTiles += try model.detections(parts.map { (image: $0, size: $0.size) }, threshold: threshold)
        }
        return plan.merged(inTiles: inTiles, inWhole: whole)
    }
}

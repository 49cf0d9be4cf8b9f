public import PomonaCore
import PomonaImaging
import PomonaModel

/// Looks at a large photo piece by piece, so that small objects are not lost in scaling it down to the network's input.
///
/// The photo is cut into overlapping tiles of about the input's size; each tile, and the photo as a whole for what is
/// larger than a tile, goes through the detector, and their boxes are merged. Photos no larger than the input are
/// predicted at once. Takes the time of as many photos as there are tiles, and the memory of the whole photo.
public struct TiledPrediction: Predicting {
    public struct Options: Sendable {
        /// Size of a tile in pixels of the photo; `nil` for that of the network's input, at which nothing is scaled.
        public var tile: ImageSize?
        /// Least share of a tile that it has in common with its neighbour, 0...0.9. Objects up to this size are on some
        /// tile as a whole.
        public var overlap: Double
        /// Most tiles of a photo; of a photo that would need more, tiles are larger and scaled down.
        public var limit: Int

        public init(tile: ImageSize? = nil, overlap: Double = 0.2, limit: Int = 256) {
            self.tile = tile
            self.overlap = overlap
            self.limit = limit
        }
    }

    public var labels: [String] { detector.labels }
    private let detector: OpenVINODetector
    private let options: Options
    private let decoder: ImageDecoder

    /// - Throws: ``PredictionError/invalidOption(name:found:range:)``.
    public init(detector: OpenVINODetector, options: Options = Options()) throws {
        guard (0...0.9).contains(options.overlap) else {
            throw PredictionError.invalidOption(name: "overlap", found: "\(options.overlap)", range: "0...0.9")
        }
        guard options.limit >= 1 else {
            throw PredictionError.invalidOption(name: "limit", found: "\(options.limit)", range: "1 or more")
        }
        if let tile = options.tile, min(tile.width, tile.height) < 32 {
            throw PredictionError.invalidOption(name: "tile", found: "\(tile)", range: "32 x 32 or larger")
        }
        self.detector = detector
        self.options = options
        decoder = ImageDecoder(limits: detector.options.imageLimits)
    }

    public func predict(photo: [UInt8], threshold: Double) async throws -> Prediction {
        try await predict(.bytes(photo, name: "sent"), threshold: threshold)
    }

    /// Detects objects in one encoded photo.
    ///
    /// - Parameter name: How messages call the photo.
    public func predict(photo: [UInt8], named name: String, threshold: Double) async throws -> Prediction {
        try await predict(.bytes(photo, name: name), threshold: threshold)
    }

    /// Detects objects in the photo in a file.
    ///
    /// - Parameter name: How messages call the photo; by default its path.
    public func predict(path: String, named name: String? = nil, threshold: Double) async throws -> Prediction {
        try await predict(.file(path: path, name: name ?? path), threshold: threshold)
    }

    private func predict(_ source: PhotoSource, threshold: Double) async throws -> Prediction {
        let start = ContinuousClock.now
        let photo = try await detector.onLane { [decoder] _ in try source.decode(decoder, fittingWithin: nil) }.image
        let plan = TilePlan(
            photo: photo.size, input: detector.description.input.size, tile: options.tile, overlap: options.overlap,
            limit: options.limit)
        let detections =
            plan.isWhole
            ? try await detector.detections(in: photo, threshold: threshold)
            : try await detections(photo, plan, threshold: threshold)
        return Prediction(
            size: photo.size, detections: detections, milliseconds: (ContinuousClock.now - start) / .milliseconds(1))
    }

    private func detections(_ photo: RGBImage, _ plan: TilePlan, threshold: Double) async throws -> [Detection] {
        let input = detector.description.input.size
        // The last one is what the photo as a whole gives.
        var found: [[Detection]] = Array(repeating: [], count: plan.tiles.count + 1)
        try await withThrowingTaskGroup(of: (Int, [Detection]).self) { group in
            var started = 0
            func start() {
                let index = started
                started += 1
                guard index < plan.tiles.count else {
                    group.addTask {
                        let whole = try await detector.onLane {
                            let small = try photo.resized(to: photo.size.fitted(within: input))
                            return try $0.detections(small, of: photo.size, threshold: threshold)
                        }
                        return (index, whole)
                    }
                    return
                }
                let tile = plan.tiles[index]
                group.addTask {
                    let inTile = try await detector.onLane { lane -> [Detection] in
                        guard let part = photo.cropped(to: tile) else { return [] }
                        return try lane.detections(part, of: part.size, threshold: threshold)
                    }
                    return (index, inTile)
                }
            }
            for _ in 0..<min(detector.concurrency + 1, found.count) { start() }
            while let (index, detections) = try await group.next() {
                found[index] = detections
                if started < found.count { start() }
            }
        }
        let whole = found.removeLast()
        return plan.merged(
            inTiles: found, inWhole: whole, suppressionOverlap: detector.options.suppressionOverlap,
            limit: detector.options.limit)
    }
}

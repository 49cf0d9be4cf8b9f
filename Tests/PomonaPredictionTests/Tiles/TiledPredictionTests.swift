import Foundation
import PomonaCore
import PomonaImaging
import PomonaModel
import PomonaModelSamples
import PomonaPrediction
import Testing

@Suite("TiledPrediction", .serialized, .enabled(if: InstalledOpenVINO.isPresent, InstalledOpenVINO.absence))
struct TiledPredictionTests {
    private func detector(_ model: String, _ folder: String) throws -> OpenVINODetector {
        try OpenVINODetector(
            model: model, runtime: InstalledOpenVINO.found.get(), cache: PredictionCache(folder: "\(folder)/cache"),
            options: PredictionOptions(mode: .throughput, threads: 2))
    }

    @Test("A photo no larger than the input is predicted as without tiles")
    func small() async throws {
        try await withTemporaryFolder { folder in
            let detector = try detector(SampleModel.write(in: folder, changing: SampleModel.makeEager), folder)
            let photo = try SamplePhoto.jpeg(ImageSize(width: 60, height: 50), seed: 2)
            let plain = try await detector.predict(photo: photo, threshold: 0.3)
            let tiled = try await TiledPrediction(detector: detector).predict(photo: photo, threshold: 0.3)
            #expect(!plain.detections.isEmpty)
            #expect(tiled.detections == plain.detections)
            #expect(tiled.size == plain.size)
        }
    }

    @Test("Options out of range are named")
    func options() throws {
        try withTemporaryFolder { folder in
            let detector = try detector(SampleModel.write(in: folder), folder)
            let wrong: [(TiledPrediction.Options, String)] = [
                (.init(overlap: 1), "overlap"), (.init(limit: 0), "limit"),
                (.init(tile: ImageSize(width: 8, height: 400)), "tile"),
            ]
            for (options, name) in wrong {
                let error = #expect(throws: PredictionError.self) {
                    try TiledPrediction(detector: detector, options: options)
                }
                #expect(error?.message.contains(name) == true)
            }
        }
    }

    @Test(
        "Small objects on a large photo are found where they are, and whole ones stay whole",
        .enabled(if: SharedData.isPresent, InstalledOpenVINO.dataAbsence))
    func smallObjects() async throws {
        try await withTemporaryFolder { folder in
            let detector = try detector(SampleModel.writePublished(in: folder), folder)
            let tiled = try TiledPrediction(detector: detector)
            // Four photos at the size at which the network knows their objects, far apart on a large dark canvas.
            var canvas = RGBImage(size: ImageSize(width: 2400, height: 1800), filledWith: 30)
            var wanted: [Detection] = []
            for (index, path) in try SharedData.photos("coco-val128/eval", count: 4).enumerated() {
                let photo = try ImageDecoder().decode(path: path, fittingWithin: ImageSize(width: 416, height: 416))
                let (left, top) = (200 + index % 2 * 1300, 150 + index / 2 * 1000)
                for y in 0..<photo.image.height {
                    let source = y * photo.image.width * 3
                    let target = ((top + y) * canvas.width + left) * 3
                    canvas.pixels.replaceSubrange(
                        target..<target + photo.image.width * 3,
                        with: photo.image.pixels[source..<source + photo.image.width * 3])
                }
                for detection in try await detector.detections(in: photo.image, threshold: 0.7) {
                    var moved = detection
                    moved.box = Box(
                        xMin: detection.box.xMin + Double(left), yMin: detection.box.yMin + Double(top),
                        xMax: detection.box.xMax + Double(left), yMax: detection.box.yMax + Double(top))
                    wanted.append(moved)
                }
            }
            let photo = try canvas.encoded(as: .png)
            func missed(_ found: [Detection]) -> Int {
                wanted.filter { object in
                    !found.contains {
                        $0.label == object.label && $0.box.intersectionOverUnion(object.box) > 0.5
                    }
                }.count
            }
            let plain = try await detector.predict(photo: photo, threshold: 0.3)
            let inTiles = try await tiled.predict(photo: photo, threshold: 0.3)
            #expect(wanted.count >= 4)
            #expect(inTiles.size == canvas.size)
            #expect(missed(inTiles.detections) < missed(plain.detections))
            #expect(missed(inTiles.detections) * 4 <= wanted.count)
        }
    }
}

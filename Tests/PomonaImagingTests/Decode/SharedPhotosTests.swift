import PomonaCore
import PomonaImaging
import Testing

@Suite("Photos of the exercise")
struct SharedPhotosTests {
    // The photos are not part of the project; a machine without them has nothing to decode here.
    @Test(
        "The exercise's test photos decode whole and scaled", .enabled(if: !SharedPhotos.fruitExerciseTest.isEmpty),
        arguments: SharedPhotos.fruitExerciseTest)
    func decode(path: String) throws {
        let whole = try ImageDecoder().decode(path: path)
        #expect(whole.format == .jpeg)
        #expect(max(whole.originalSize.width, whole.originalSize.height) <= 1024)

        let bound = ImageSize(width: 416, height: 416)
        let scaled = try ImageDecoder().decode(path: path, fittingWithin: bound)
        #expect(scaled.originalSize == whole.originalSize)
        #expect(scaled.image.meanDifference(to: try whole.image.resized(to: scaled.image.size)) < 3)
    }
}

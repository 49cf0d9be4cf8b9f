import PomonaCore
import Testing

@testable import PomonaSample

@Suite("SceneRenderer")
struct SceneRendererTests {
    private static let size = ImageSize(width: 121, height: 83)

    @Test("One thread and many give the same bytes")
    func threadsDoNotMatter() {
        for index in 0..<4 {
            let scene = SceneGenerator(seed: 6).scene(index)
            let alone = SceneRenderer.render(scene, size: Self.size, isParallel: false)
            let together = SceneRenderer.render(scene, size: Self.size, isParallel: true)
            #expect(alone == together)
        }
    }

    @Test("Boxes touch the visible pixels on all four sides and leave none out", arguments: 0..<12)
    func boxesAreTight(index: Int) {
        let photo = SceneRenderer.render(SceneGenerator(seed: 7).scene(index), size: Self.size)
        #expect(!photo.objects.isEmpty)
        for object in photo.objects {
            let seen = photo.mask.pixels.indices.filter { Int(photo.mask.pixels[$0]) == object.index + 1 }
            let columns = seen.map { $0 % Self.size.width }
            let rows = seen.map { $0 / Self.size.width }
            #expect(object.area == seen.count)
            #expect(object.box.xMin == columns.min().map(Double.init))
            #expect(object.box.yMin == rows.min().map(Double.init))
            #expect(object.box.xMax == columns.max().map { Double($0 + 1) })
            #expect(object.box.yMax == rows.max().map { Double($0 + 1) })
        }
        let numbers = Set(photo.mask.pixels).subtracting([0])
        #expect(numbers == Set(photo.objects.map { UInt8($0.index + 1) }))
    }

    @Test("Only fruits become labels, and their labels lie inside the photo")
    func annotations() {
        let scene = SceneGenerator(seed: 5).scene(0, showing: [.ball, .orange, .cup, .apple, .box, .banana])
        let photo = SceneRenderer.render(scene, size: Self.size)
        #expect(Set(photo.annotations.map(\.label)) == [0, 1, 2])
        #expect(photo.annotations.count == 3)
        for annotation in photo.annotations {
            let box = annotation.box
            #expect(box != nil && box?.clipped(to: Self.size) == box && (box?.area ?? 0) > 0)
        }
    }

    @Test("The mask shows where the picture shows the fruit: an orange is orange there")
    func maskAgreesWithImage() throws {
        var found = 0
        for index in 0..<8 {
            let photo = SceneRenderer.render(SceneGenerator(seed: 4).scene(index, showing: [.orange]), size: Self.size)
            var sums = SIMD3<Int>.zero
            for pixel in photo.mask.pixels.indices where photo.mask.pixels[pixel] == 1 {
                let start = pixel * 3
                sums &+= SIMD3(
                    Int(photo.image.pixels[start]), Int(photo.image.pixels[start + 1]),
                    Int(photo.image.pixels[start + 2]))
            }
            if sums.x > sums.y, sums.y > sums.z { found += 1 }
        }
        #expect(found == 8)
    }

    @Test("Photos are neither black nor burnt out", arguments: 0..<12)
    func exposure(index: Int) {
        let photo = SceneRenderer.render(SceneGenerator(seed: 10).scene(index), size: Self.size)
        let mean = photo.image.pixels.reduce(0) { $0 + Int($1) } / photo.image.pixels.count
        #expect((30...225).contains(mean))
        #expect(Set(photo.image.pixels).count > 60)
    }

    @Test("Any size renders, down to a single pixel", arguments: [(1, 1), (1, 40), (37, 1), (16, 9)])
    func oddSizes(width: Int, height: Int) {
        let size = ImageSize(width: width, height: height)
        let photo = SceneRenderer.render(SceneGenerator(seed: 11).scene(1), size: size)
        #expect(photo.image.size == size)
        #expect(photo.mask.pixels.count == size.area)
    }

    @Test("A larger picture of a scene shows the same, finer")
    func sizesAgree() {
        let scene = SceneGenerator(seed: 12).scene(2)
        let small = SceneRenderer.render(scene, size: ImageSize(width: 80, height: 60))
        let large = SceneRenderer.render(scene, size: ImageSize(width: 160, height: 120))
        for object in small.objects where object.area > 60 {
            let same = large.objects.first { $0.index == object.index }
            #expect(abs((same?.box.xMin ?? -99) / 2 - object.box.xMin) <= 1.5)
            #expect(abs((same?.box.yMax ?? -99) / 2 - object.box.yMax) <= 1.5)
        }
    }
}

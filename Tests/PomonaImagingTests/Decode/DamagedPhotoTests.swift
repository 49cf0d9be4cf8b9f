import PomonaCore
import PomonaImaging
import Testing

@Suite("Damaged photos")
struct DamagedPhotoTests {
    static let photos = [
        "orientation-6.jpg", "cmyk.jpg", "progressive.jpg", "rgb.png", "palette.png", "rgb-16.png", "wide.png",
        "animation.gif", "animation.webp", "lossy.webp", "lzw.tif", "deflate.tif", "cmyk.tif", "fax.tif",
        "tile-bomb.tif",
    ]

    /// libvips takes 20 ms to prepare its profile for CMYK, again for each photo.
    private static func rounds(_ name: String) -> Int { name.hasPrefix("cmyk") ? 20 : 150 }

    @Test("A photo cut short is an error unless all its pixels are there", arguments: photos)
    func truncation(name: String) throws {
        let bytes = try Fixture.bytes(name)
        let decoder = ImageDecoder()
        let whole = try? decoder.decode(bytes, named: name).image
        var refused = 0
        for length in stride(from: 1, to: bytes.count, by: max(1, bytes.count / Self.rounds(name))) {
            do {
                let image = try decoder.decode(Array(bytes[..<length]), named: name).image
                #expect(image == whole, "\(name) cut after \(length) of \(bytes.count) bytes")
            } catch let error as ImagingError {
                #expect(error.kind == .badData)
                #expect(error.message.contains(name))
                refused += 1
            }
        }
        #expect(refused > 0)
    }

    @Test("A JPEG cut in the middle says that it is damaged or cut short")
    func words() throws {
        let scene = try RGBImage.scene(320, 240).encoded(as: .jpeg())
        #expect {
            try ImageDecoder().decode(Array(scene[..<(scene.count / 2)]), named: "apple.jpg")
        } throws: { error in
            guard let error = error as? ImagingError, case .damaged(let photo, .jpeg, let reason) = error else {
                return false
            }
            return photo == "apple.jpg" && reason.lowercased().contains("premature end")
        }
    }

    @Test("Changed bytes give an image or an error in words, never a crash", arguments: photos)
    func changedBytes(name: String) throws {
        let original = try Fixture.bytes(name)
        let decoder = ImageDecoder(limits: ImageLimits(pixels: 1_000_000))
        var generator = SeededGenerator(seed: 7, original.count)
        for _ in 0..<Self.rounds(name) {
            var bytes = original
            for _ in 0...generator.index(below: 4) {
                bytes[generator.index(below: bytes.count)] = UInt8(generator.index(below: 256))
            }
            do {
                let photo = try decoder.decode(bytes, named: name, fittingWithin: ImageSize(width: 20, height: 20))
                #expect(max(photo.image.width, photo.image.height) <= 20)
            } catch let error as ImagingError {
                #expect(!error.message.isEmpty)
            }
        }
    }

    @Test("Photos that fail side by side each get their own reason, and good ones beside them decode")
    func concurrentFailures() async throws {
        let truncated = Array(try RGBImage.scene(320, 240).encoded(as: .jpeg()).prefix(2000))
        let badPNG = Array(try RGBImage.scene(320, 240).encoded(as: .png).prefix(2000))
        let good = try RGBImage.scene(320, 240).encoded(as: .webp())
        let decoder = ImageDecoder()
        func reason(_ bytes: [UInt8], _ name: String) -> String {
            do {
                _ = try decoder.decode(bytes, named: name)
                return "none"
            } catch {
                return "\(error)"
            }
        }
        let expected = [reason(truncated, "a"), reason(badPNG, "b"), reason(good, "c")]
        #expect(Set(expected).count == 3 && expected[2] == "none")

        await withTaskGroup(of: (Int, String).self) { group in
            for index in 0..<150 {
                group.addTask {
                    (index % 3, reason([truncated, badPNG, good][index % 3], ["a", "b", "c"][index % 3]))
                }
            }
            for await (kind, found) in group { #expect(found == expected[kind]) }
        }
    }
}

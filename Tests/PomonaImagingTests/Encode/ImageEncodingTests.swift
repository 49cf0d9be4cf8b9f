import PomonaCore
import PomonaImaging
import Testing

@Suite("ImageEncoding")
struct ImageEncodingTests {
    private static let scene = RGBImage.scene(480, 360)

    @Test("PNG gives the same pixels back")
    func png() throws {
        let decoded = try ImageDecoder().decode(Self.scene.encoded(as: .png), named: "p")
        #expect(decoded.image == Self.scene && decoded.format == .png)
    }

    @Test("JPEG and WebP come back nearly the same, and smaller at lower quality")
    func lossy() throws {
        for (good, poor) in [
            (ImageEncoding.jpeg(quality: 95), ImageEncoding.jpeg(quality: 20)),
            (.webp(quality: 95), .webp(quality: 20)),
        ] {
            let bytes = try Self.scene.encoded(as: good)
            let decoded = try ImageDecoder().decode(bytes, named: "p")
            #expect(decoded.format == good.format)
            #expect(decoded.image.meanDifference(to: Self.scene) < 4)
            #expect(try Self.scene.encoded(as: poor).count < bytes.count)
        }
    }

    @Test("A quality out of range is refused", arguments: [0, 101, -1])
    func quality(value: Int) {
        #expect(throws: ImagingError.qualityOutOfRange(value)) { try Self.scene.encoded(as: .jpeg(quality: value)) }
        #expect(throws: ImagingError.qualityOutOfRange(value)) { try Self.scene.encoded(as: .webp(quality: value)) }
    }

    @Test("An image wider than the format allows is an error that names the format and the size")
    func tooWide() {
        let wide = RGBImage(size: ImageSize(width: 17_000, height: 1), filledWith: 0)
        #expect {
            try wide.encoded(as: .webp())
        } throws: { error in
            guard let error = error as? ImagingError, case .notEncoded(.webp, let size, let reason) = error else {
                return false
            }
            return size == wide.size && !reason.isEmpty
        }
    }
}

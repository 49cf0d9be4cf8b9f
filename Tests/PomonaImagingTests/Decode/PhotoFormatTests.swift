import PomonaImaging
import Testing

@Suite("PhotoFormat")
struct PhotoFormatTests {
    @Test(
        "The bytes decide the format",
        arguments: [
            ("rgb.png", PhotoFormat.png), ("grey.jpg", .jpeg), ("animation.gif", .gif), ("lossy.webp", .webp),
            ("lzw.tif", .tiff),
        ])
    func signature(name: String, format: PhotoFormat) throws {
        let bytes = try Fixture.bytes(name)
        #expect(bytes.withUnsafeBytes { PhotoFormat(signatureOf: $0) } == format)
        #expect(try ImageDecoder().probe(bytes, named: "photo.bin").format == format)
    }

    @Test("Media types and file name endings are the registered ones")
    func names() {
        #expect(PhotoFormat.allCases.map(\.mediaType).contains("image/jpeg"))
        #expect(PhotoFormat.jpeg.fileExtensions.prefix(2) == ["jpg", "jpeg"])
        let endings = PhotoFormat.allCases.flatMap(\.fileExtensions)
        #expect(Set(endings).count == endings.count)
    }
}

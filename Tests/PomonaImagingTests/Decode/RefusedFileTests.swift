import Foundation
import PomonaCore
import PomonaImaging
import Testing

@Suite("Files that are no photos")
struct RefusedFileTests {
    private static let files: [(content: String, found: String)] = [
        ("%PDF-1.7\n%...", "a PDF document"),
        ("\0\0\0\u{18}ftypheic\0\0\0\0mif1heic", "a HEIC photo"),
        ("\0\0\0\u{18}ftypmif1\0\0\0\0mif1avif", "an AVIF photo"),
        ("\0\0\0\u{18}ftypavif\0\0\0\0mif1miaf", "an AVIF photo"),
        ("\0\0\0\u{18}ftypisom\0\0\0\0isomavc1", "a video (MP4 or MOV)"),
        ("\0\0\0\u{0C}JXL \r\n\u{7F}\n", "a JPEG XL image"),
        ("8BPS\0\u{1}", "a Photoshop document"),
        ("PK\u{3}\u{4}\u{14}", "a zip archive"),
        ("II*\0\u{10}\0\0\0CR\u{2}\0", "a raw camera file (CR2)"),
        ("<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\"/>", "an SVG drawing"),
        ("<!DOCTYPE html><html>404</html>", "a web page (HTML)"),
        ("Dear Sir or Madam,\nno picture today.", "a text file"),
        ("BMW is a maker of cars.", "a text file"),
        ("\0\0\0\0\0\0\0\0", "a file that begins with nothing but zero bytes"),
        ("\u{1}\u{2}\u{3}", "a file of an unknown kind"),
        ("x", "a text file"),
    ]

    @Test("A file of another kind is named for what it is, whatever it is called", arguments: files)
    func otherKinds(content: String, found: String) {
        #expect(throws: ImagingError.notAPhoto(photo: "apple.jpg", found: found)) {
            try ImageDecoder().decode(Array(content.utf8), named: "apple.jpg")
        }
    }

    @Test("The message names the photo, what was found, what is read, and what to do")
    func message() {
        let error = ImagingError.notAPhoto(photo: "IMG_0001.HEIC", found: "a HEIC photo")
        #expect(
            error.description == """
                IMG_0001.HEIC is a HEIC photo, not a photo in one of the formats JPEG, PNG, GIF, WebP, TIFF and BMP
                Convert it to JPEG or PNG.
                """)
        #expect(error.kind == .badData)
    }

    @Test("An empty file says so")
    func empty() {
        #expect(throws: ImagingError.empty(photo: "a.png")) { try ImageDecoder().probe([], named: "a.png") }
    }

    @Test("A file that is not there, a folder and a device are errors of their own")
    func paths() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let missing = folder.appending(path: "gone.jpg").path()

        #expect(throws: ImagingError.missing(photo: "gone", path: missing)) {
            try ImageDecoder().decode(path: missing, named: "gone")
        }
        #expect(throws: ImagingError.unreadable(photo: "f", path: folder.path(), reason: "it is a folder")) {
            try ImageDecoder().decode(path: folder.path(), named: "f")
        }
        #expect(throws: ImagingError.unreadable(photo: "z", path: "/dev/zero", reason: "it is not a regular file")) {
            try ImageDecoder().probe(path: "/dev/zero", named: "z")
        }
        #expect(ImagingError.missing(photo: "gone", path: missing).kind.exitStatus == 66)
    }

    @Test("A file decodes like its bytes and is called by its path unless named")
    func file() throws {
        let path = Fixture.path("rgb.png")
        #expect(try ImageDecoder().decode(path: path).image == Fixture.decoded("rgb.png"))
        #expect(try ImageDecoder().probe(path: path).format == .png)
        #expect(throws: ImagingError.tooManyBytes(photo: path, count: 146, limit: 1)) {
            try ImageDecoder(limits: ImageLimits(bytes: 1)).probe(path: path)
        }
    }
}

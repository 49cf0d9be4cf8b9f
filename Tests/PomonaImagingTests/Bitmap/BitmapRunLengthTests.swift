import PomonaCore
import PomonaImaging
import Testing

@Suite("BitmapRunLength")
struct BitmapRunLengthTests {
    /// Colour i of the palette is the grey value i * 10.
    private static let palette = (0..<16).map { [UInt8](repeating: UInt8($0 * 10), count: 3) }

    private func decode(_ bits: Int, _ width: Int, _ height: Int, _ rows: [UInt8]) throws -> [[Int]] {
        let builder = BitmapBuilder(
            width: width, height: height, bitsPerPixel: bits, compression: bits == 8 ? 1 : 2, palette: Self.palette,
            rows: rows)
        let image = try ImageDecoder().decode(builder.bytes, named: "r.bmp").image
        return (0..<height).map { y in (0..<width).map { x in image[x, y].x / 10 } }
    }

    @Test("RLE8: runs, literal stretches with their padding, ends of rows")
    func rle8() throws {
        let rows: [UInt8] = [3, 5, 1, 6, 0, 0, 0, 3, 1, 2, 3, 0, 1, 4, 0, 0, 0, 1]
        #expect(try decode(8, 4, 2, rows) == [[1, 2, 3, 4], [5, 5, 5, 6]])
    }

    @Test("RLE4: runs of two colours in turn, literal stretches of nibbles")
    func rle4() throws {
        let rows: [UInt8] = [5, 0x12, 0, 0, 0, 5, 0x34, 0x56, 0x70, 0, 0, 1]
        #expect(try decode(4, 5, 2, rows) == [[3, 4, 5, 6, 7], [1, 2, 1, 2, 1]])
    }

    @Test("What a jump or an early end leaves out has the first colour")
    func jumps() throws {
        let rows: [UInt8] = [1, 9, 0, 2, 1, 1, 2, 7, 0, 1]
        #expect(try decode(8, 4, 3, rows) == [[0, 0, 0, 0], [0, 0, 7, 7], [9, 0, 0, 0]])
    }

    @Test("The mark of the end may be missing once all pixels are there")
    func noEnd() throws {
        #expect(try decode(8, 2, 1, [2, 3]) == [[3, 3]])
    }

    @Test(
        "Runs and jumps out of the picture, unknown colours and missing bytes are named",
        arguments: [
            ([3, 1, 0, 1], "a run leaves its row"), ([0, 0, 1, 1, 0, 1], "a run leaves its row"),
            ([0, 2, 5, 0, 0, 1], "a jump leaves the picture"), ([0, 2, 0, 1, 0, 1], "a jump leaves the picture"),
            ([1, 16, 0, 1], "a pixel has colour 16 of a palette of 16"), ([1, 1], "the pixels end early"),
            ([0, 4, 1], "the pixels end early"), ([], "the pixels end early"),
        ] as [([UInt8], String)])
    func faults(rows: [UInt8], reason: String) {
        #expect(throws: ImagingError.damaged(photo: "r.bmp", format: .bmp, reason: reason)) {
            try decode(8, 2, 1, rows)
        }
    }

    @Test("Run lengths do not go with rows from the top")
    func topDown() {
        let builder = BitmapBuilder(
            width: 1, height: -1, bitsPerPixel: 8, compression: 1, palette: Self.palette, rows: [1, 1, 0, 1])
        #expect(throws: ImagingError.self) { try ImageDecoder().decode(builder.bytes, named: "r.bmp") }
    }
}

import PomonaCore

/// The colours of a bitmap with 1, 4 or 8 bits a pixel.
struct BitmapPalette {
    /// Red, green and blue of each colour.
    private let colors: [(red: UInt8, green: UInt8, blue: UInt8)]

    init(_ bytes: UnsafeRawBufferPointer, _ header: BitmapHeader) {
        colors = (0..<header.paletteCount).map { index in
            let entry = header.paletteOffset + index * header.paletteEntryBytes
            return (bytes[entry + 2], bytes[entry + 1], bytes[entry])
        }
    }

    /// Writes one pixel's three bytes. The index may lie beyond the palette: that is damage, and the caller's to tell.
    @inline(__always)
    func write(_ index: Int, to pixel: UnsafeMutablePointer<UInt8>) -> Bool {
        guard index < colors.count else { return false }
        let color = colors[index]
        pixel[0] = color.red
        pixel[1] = color.green
        pixel[2] = color.blue
        return true
    }

    func failure(forIndex index: Int) -> Bitmap.Failure {
        .damaged("a pixel has colour \(index) of a palette of \(colors.count)")
    }

    /// Unpacks rows without compression; the bytes hold all of them.
    func unpackRows(_ bytes: UnsafeRawBufferPointer, _ header: BitmapHeader) throws(Bitmap.Failure) -> [UInt8] {
        let bits = header.bitsPerPixel
        let pixelsPerByte = 8 / bits
        let mask = (1 << bits) - 1
        var beyond: Int?
        let pixels = header.unpackRows(bytes) { row, pixels in
            guard let start = pixels.baseAddress else { return }
            for x in 0..<header.size.width {
                // The leftmost pixel is in the highest bits.
                let shift = 8 - bits * (x % pixelsPerByte + 1)
                let index = Int(row[x / pixelsPerByte]) >> shift & mask
                if !write(index, to: start + x * 3) { beyond = index }
            }
        }
        if let beyond { throw failure(forIndex: beyond) }
        return pixels
    }
}

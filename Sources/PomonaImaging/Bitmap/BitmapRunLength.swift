import PomonaCore

/// Unpacks RLE8 and RLE4: pairs of bytes that are runs of one colour (RLE4: of two in turn), literal stretches, jumps
/// and ends ("Bitmap Compression" in Microsoft's documentation of Windows GDI).
struct BitmapRunLength {
    let palette: BitmapPalette
    let header: BitmapHeader

    /// Unpacks all pixels. Those that a jump or an early end of a row leaves out get the palette's first colour.
    func unpack(_ bytes: UnsafeRawBufferPointer) throws(Bitmap.Failure) -> [UInt8] {
        let count = header.size.area * 3
        var failure: Bitmap.Failure?
        let pixels = [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            guard let start = buffer.baseAddress else { return }
            for pixel in 0..<header.size.area { _ = palette.write(0, to: start + pixel * 3) }
            initialized = count
            var decoder = Decoder(palette: palette, header: header, bytes: bytes, pixels: start)
            do throws(Bitmap.Failure) {
                try decoder.run()
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return pixels
    }

    private struct Decoder {
        let palette: BitmapPalette
        let header: BitmapHeader
        let bytes: UnsafeRawBufferPointer
        let pixels: UnsafeMutablePointer<UInt8>

        /// Next pixel; rows count from the bottom.
        private var x = 0
        private var row = 0
        private var position: Int

        init(
            palette: BitmapPalette, header: BitmapHeader, bytes: UnsafeRawBufferPointer,
            pixels: UnsafeMutablePointer<UInt8>
        ) {
            self.palette = palette
            self.header = header
            self.bytes = bytes
            self.pixels = pixels
            position = header.pixelOffset
        }

        mutating func run() throws(Bitmap.Failure) {
            let nibbles = header.bitsPerPixel == 4
            while true {
                if position >= bytes.count, row == header.size.height - 1, x == header.size.width {
                    // All pixels are there; only the mark of the end is missing.
                    return
                }
                let length = try next()
                let value = try next()
                switch (length, value) {
                case (0, 0):
                    x = 0
                    row += 1
                case (0, 1):
                    return
                case (0, 2):
                    x += try next()
                    row += try next()
                    guard x <= header.size.width, row < header.size.height else {
                        throw .damaged("a jump leaves the picture")
                    }
                case (0, let count):
                    try copy(count, nibbles: nibbles)
                case (let count, let color):
                    for index in 0..<count {
                        try put(nibbles ? (index % 2 == 0 ? color >> 4 : color & 15) : color)
                    }
                }
            }
        }

        /// A literal stretch, padded to 16 bits.
        private mutating func copy(_ count: Int, nibbles: Bool) throws(Bitmap.Failure) {
            let start = position
            let length = nibbles ? (count + 1) / 2 : count
            for index in 0..<count {
                if nibbles {
                    let pair = index % 2 == 0 ? try next() : Int(bytes[position - 1])
                    try put(index % 2 == 0 ? pair >> 4 : pair & 15)
                } else {
                    try put(try next())
                }
            }
            position = start + length + length % 2
        }

        private mutating func next() throws(Bitmap.Failure) -> Int {
            guard position < bytes.count else { throw .cutShort }
            defer { position += 1 }
            return Int(bytes[position])
        }

        private mutating func put(_ index: Int) throws(Bitmap.Failure) {
            guard row < header.size.height, x < header.size.width else { throw .damaged("a run leaves its row") }
            let y = header.size.height - 1 - row
            guard palette.write(index, to: pixels + (y * header.size.width + x) * 3) else {
                throw palette.failure(forIndex: index)
            }
            x += 1
        }
    }
}

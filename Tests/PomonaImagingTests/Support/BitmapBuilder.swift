/// Makes bitmaps byte by byte, so that the reader is not tested against a writer with the same misunderstanding.
struct BitmapBuilder {
    var width: Int
    var height: Int
    var bitsPerPixel: Int
    var compression: UInt32 = 0
    /// 12, 40, 52, 56, 108 or 124.
    var headerBytes = 40
    /// Blue, green, red of each colour.
    var palette: [[UInt8]] = []
    /// Red, green, blue and perhaps alpha; behind a header of 40 bytes, inside a longer one.
    var masks: [UInt32] = []
    /// As stored, padding included; by default zeros.
    var rows: [UInt8]?

    var bytes: [UInt8] {
        var header: [UInt8] = []
        header.append(word: headerBytes)
        if headerBytes == 12 {
            for value in [width, height, 1, bitsPerPixel] { header.append(half: value) }
        } else {
            header.append(word: width)
            header.append(word: height)
            header.append(half: 1)
            header.append(half: bitsPerPixel)
            for value in [Int(compression), 0, 0, 0, palette.count, 0] { header.append(word: value) }
            for mask in masks { header.append(word: Int(mask)) }
            header += [UInt8](repeating: 0, count: max(0, headerBytes - header.count))
        }
        for color in palette { header += headerBytes == 12 ? color : color + [0] }

        let stride = (width * bitsPerPixel + 31) / 32 * 4
        let pixels = rows ?? [UInt8](repeating: 0, count: stride * abs(height))
        let offset = 14 + header.count
        var file: [UInt8] = [0x42, 0x4D]
        for value in [offset + pixels.count, 0, offset] { file.append(word: value) }
        return file + header + pixels
    }
}

extension [UInt8] {
    /// Appends the lowest four bytes, little endian.
    fileprivate mutating func append(word value: Int) {
        for shift in [0, 8, 16, 24] { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }

    fileprivate mutating func append(half value: Int) {
        for shift in [0, 8] { append(UInt8(truncatingIfNeeded: value >> shift)) }
    }
}

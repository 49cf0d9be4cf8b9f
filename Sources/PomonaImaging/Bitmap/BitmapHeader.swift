import PomonaCore

/// The two headers at the start of a bitmap, checked.
struct BitmapHeader {
    enum Compression: Equatable { case none, runLength, bitFields }

    /// Masks of one pixel's bits, read as a little-endian number.
    struct Masks: Equatable {
        var red: UInt32
        var green: UInt32
        var blue: UInt32
        /// Zero where there is no alpha.
        var alpha: UInt32
    }

    private(set) var size: ImageSize
    private(set) var isTopDown = false
    private(set) var bitsPerPixel: Int
    private(set) var compression = Compression.none
    /// For 16 and 32 bits.
    private(set) var masks = Masks(red: 0, green: 0, blue: 0, alpha: 0)
    /// Colours of the palette as the header claims them; the bytes may hold fewer.
    private(set) var paletteCount = 0
    private(set) var paletteOffset: Int
    /// 3 in the oldest header, otherwise 4.
    private(set) var paletteEntryBytes = 4
    /// Where the rows begin, within the bytes.
    private(set) var pixelOffset: Int

    /// Bytes from one row to the next: rows fill whole 32-bit words.
    var rowStride: Int { (size.width * bitsPerPixel + 31) / 32 * 4 }

    /// Bytes of a row that matter.
    var rowBytes: Int { (size.width * bitsPerPixel + 7) / 8 }

    private static let fileHeaderBytes = 14

    init(_ bytes: UnsafeRawBufferPointer) throws(Bitmap.Failure) {
        guard bytes.count >= Self.fileHeaderBytes + 12 else { throw .damaged("the header ends early") }
        pixelOffset = Int(bytes.uint32(10))
        let headerBytes = Int(bytes.uint32(Self.fileHeaderBytes))
        paletteOffset = Self.fileHeaderBytes + headerBytes
        guard bytes.count >= paletteOffset else { throw .damaged("the header ends early") }

        switch headerBytes {
        case 12:
            size = ImageSize(width: Int(bytes.uint16(18)), height: Int(bytes.uint16(20)))
            bitsPerPixel = Int(bytes.uint16(24))
            paletteEntryBytes = 3
        case 40, 52, 56, 108, 124:
            let height = Int(Int32(bitPattern: bytes.uint32(22)))
            size = ImageSize(width: Int(Int32(bitPattern: bytes.uint32(18))), height: abs(height))
            isTopDown = height < 0
            bitsPerPixel = Int(bytes.uint16(28))
            try readCompression(bytes, headerBytes: headerBytes)
        case 16, 64:
            throw .unsupported("an OS/2 header of version 2")
        default:
            throw .damaged("a header of \(headerBytes) bytes; 12, 40, 52, 56, 108 or 124 would be right")
        }
        guard size.width >= 1, size.height >= 1 else { throw .damaged("a size of \(size)") }
        try checkDepth()
        if bitsPerPixel <= 8 { try readPaletteExtent(bytes, hasCount: headerBytes >= 40) }
        guard (paletteOffset...bytes.count).contains(pixelOffset) else {
            throw .damaged("pixels are said to begin at byte \(pixelOffset) of \(bytes.count)")
        }
    }

    private mutating func readCompression(
        _ bytes: UnsafeRawBufferPointer, headerBytes: Int
    ) throws(Bitmap.Failure) {
        switch (bytes.uint32(30), bitsPerPixel) {
        case (0, 16):
            masks = Masks(red: 0x7C00, green: 0x03E0, blue: 0x001F, alpha: 0)
        case (0, 32):
            masks = Masks(red: 0xFF_0000, green: 0xFF00, blue: 0xFF, alpha: 0)
        case (0, _):
            break
        case (1, 8), (2, 4):
            guard !isTopDown else { throw .damaged("run lengths in a bitmap stored from the top") }
            compression = .runLength
        case (let word, let bits) where (word == 3 || word == 6) && (bits == 16 || bits == 32):
            compression = .bitFields
            try readMasks(bytes, headerBytes: headerBytes, hasAlpha: word == 6 || headerBytes >= 56)
        case (4, _):
            throw .unsupported("a JPEG inside")
        case (5, _):
            throw .unsupported("a PNG inside")
        case (let word, let bits):
            throw .damaged("compression \(word) with \(bits) bits a pixel")
        }
    }

    /// The masks stand at the same place in all headers: behind the oldest of them, inside the newer ones.
    private mutating func readMasks(
        _ bytes: UnsafeRawBufferPointer, headerBytes: Int, hasAlpha: Bool
    ) throws(Bitmap.Failure) {
        let end = Self.fileHeaderBytes + 40 + (hasAlpha ? 16 : 12)
        guard bytes.count >= end else { throw .damaged("the header ends early") }
        masks = Masks(
            red: bytes.uint32(54), green: bytes.uint32(58), blue: bytes.uint32(62),
            alpha: hasAlpha ? bytes.uint32(66) : 0)
        paletteOffset = max(paletteOffset, end)
        for mask in [masks.red, masks.green, masks.blue, masks.alpha] where mask != 0 {
            let shifted = mask >> mask.trailingZeroBitCount
            guard shifted & (shifted &+ 1) == 0 else {
                throw .damaged("a colour mask with a gap, 0x\(String(mask, radix: 16))")
            }
        }
    }

    private func checkDepth() throws(Bitmap.Failure) {
        switch bitsPerPixel {
        case 1, 4, 8, 24: break
        case 16, 32:
            if paletteEntryBytes == 3 { throw .damaged("\(bitsPerPixel) bits a pixel in a header of 12 bytes") }
        default: throw .damaged("\(bitsPerPixel) bits a pixel; 1, 4, 8, 16, 24 or 32 would be right")
        }
    }

    private mutating func readPaletteExtent(
        _ bytes: UnsafeRawBufferPointer, hasCount: Bool
    ) throws(Bitmap.Failure) {
        let most = 1 << bitsPerPixel
        let claimed = hasCount ? Int(bytes.uint32(46)) : 0
        let room = (min(pixelOffset, bytes.count) - paletteOffset) / paletteEntryBytes
        // Palettes longer than the depth can address occur, and the surplus means nothing.
        paletteCount = min(claimed == 0 ? most : min(claimed, most), max(room, 0))
        guard paletteCount > 0 else { throw .damaged("there is no palette") }
    }
}

extension UnsafeRawBufferPointer {
    /// The little-endian number at an offset, which must lie within the bytes.
    func uint16(_ offset: Int) -> UInt16 { loadUnaligned(fromByteOffset: offset, as: UInt16.self).littleEndian }
    func uint32(_ offset: Int) -> UInt32 { loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian }
}

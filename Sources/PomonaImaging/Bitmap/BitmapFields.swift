import PomonaCore

/// Unpacks pixels of 16 or 32 bits whose colours lie under masks.
struct BitmapFields {
    /// One colour's place in a pixel, and its scale to 0...255.
    private struct Field {
        let mask: UInt32
        let shift: UInt32
        /// Bits beyond eight say nothing in an 8-bit image.
        let surplus: UInt32
        let largest: UInt32

        init(_ mask: UInt32) {
            self.mask = mask
            shift = mask == 0 ? 0 : UInt32(mask.trailingZeroBitCount)
            let bits = UInt32(mask.nonzeroBitCount)
            surplus = bits > 8 ? bits - 8 : 0
            largest = mask == 0 ? 1 : (1 << min(bits, 8)) - 1
        }

        @inline(__always)
        func value(in pixel: UInt32) -> UInt32 {
            (((pixel & mask) >> (shift + surplus)) * 255 + largest / 2) / largest
        }
    }

    private let red, green, blue, alpha: Field

    init(_ header: BitmapHeader) {
        red = Field(header.masks.red)
        green = Field(header.masks.green)
        blue = Field(header.masks.blue)
        alpha = Field(header.masks.alpha)
    }

    /// Unpacks all rows, which the bytes hold, over white.
    func unpackRows(_ bytes: UnsafeRawBufferPointer, _ header: BitmapHeader) -> [UInt8] {
        // Programs that know nothing of alpha leave its bits zero; a photo that is invisible all over is not meant.
        let hasAlpha = alpha.mask != 0 && hasVisiblePixel(bytes, header)
        return header.unpackRows(bytes) { row, pixels in
            for x in 0..<header.size.width {
                let pixel = Self.pixel(x, in: row, bits: header.bitsPerPixel)
                let opacity = hasAlpha ? alpha.value(in: pixel) : 255
                pixels[x * 3] = Self.overWhite(red.value(in: pixel), opacity)
                pixels[x * 3 + 1] = Self.overWhite(green.value(in: pixel), opacity)
                pixels[x * 3 + 2] = Self.overWhite(blue.value(in: pixel), opacity)
            }
        }
    }

    private func hasVisiblePixel(_ bytes: UnsafeRawBufferPointer, _ header: BitmapHeader) -> Bool {
        for row in 0..<header.size.height {
            let start = header.pixelOffset + row * header.rowStride
            let rowBytes = UnsafeRawBufferPointer(rebasing: bytes[start..<start + header.rowBytes])
            for x in 0..<header.size.width
            where Self.pixel(x, in: rowBytes, bits: header.bitsPerPixel) & alpha.mask != 0 {
                return true
            }
        }
        return false
    }

    @inline(__always)
    private static func pixel(_ x: Int, in row: UnsafeRawBufferPointer, bits: Int) -> UInt32 {
        bits == 16 ? UInt32(row.uint16(x * 2)) : row.uint32(x * 4)
    }

    @inline(__always)
    private static func overWhite(_ value: UInt32, _ opacity: UInt32) -> UInt8 {
        UInt8((value * opacity + 255 * (255 - opacity) + 127) / 255)
    }
}

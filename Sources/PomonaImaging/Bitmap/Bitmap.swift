import PomonaCore

/// A Windows or OS/2 bitmap (BMP): 1, 4 and 8 bits with a palette, plain or run-length encoded, and 16, 24 and 32 bits,
/// plain or with bit fields.
///
/// Follows Microsoft's "Bitmap Storage" with the headers BITMAPCOREHEADER, BITMAPINFOHEADER, BITMAPV4HEADER and
/// BITMAPV5HEADER. Every read is bounded by the bytes given. Colours count as sRGB: what versions 4 and 5 say about
/// primaries and profiles is passed over.
enum Bitmap {
    /// Why a bitmap was refused, before the photo's name is known to it.
    enum Failure: Error, Equatable {
        case damaged(String)
        case unsupported(String)

        static let cutShort = Failure.damaged("the pixels end early")
    }

    static func probe(_ bytes: UnsafeRawBufferPointer, named name: String) throws(ImagingError) -> PhotoHeader {
        do {
            return PhotoHeader(format: .bmp, size: try BitmapHeader(bytes).size, orientation: 1)
        } catch {
            throw imagingError(error, name: name)
        }
    }

    static func decode(_ bytes: UnsafeRawBufferPointer, named name: String) throws(ImagingError) -> RGBImage {
        do {
            let header = try BitmapHeader(bytes)
            return RGBImage(size: header.size, pixels: try pixels(bytes, header))
        } catch {
            throw imagingError(error, name: name)
        }
    }

    private static func pixels(
        _ bytes: UnsafeRawBufferPointer, _ header: BitmapHeader
    ) throws(Failure) -> [UInt8] {
        switch header.compression {
        case .none, .bitFields:
            // Before memory is taken: the rows must all be there. Only the last one may lack its padding.
            let needed = header.rowStride * (header.size.height - 1) + header.rowBytes
            guard bytes.count - header.pixelOffset >= needed else { throw .cutShort }
            if header.bitsPerPixel <= 8 { return try BitmapPalette(bytes, header).unpackRows(bytes, header) }
            return header.bitsPerPixel == 24 ? unpack24(bytes, header) : BitmapFields(header).unpackRows(bytes, header)
        case .runLength:
            return try BitmapRunLength(palette: BitmapPalette(bytes, header), header: header).unpack(bytes)
        }
    }

    private static func unpack24(_ bytes: UnsafeRawBufferPointer, _ header: BitmapHeader) -> [UInt8] {
        header.unpackRows(bytes) { row, pixels in
            for x in 0..<header.size.width {
                pixels[x * 3] = row[x * 3 + 2]
                pixels[x * 3 + 1] = row[x * 3 + 1]
                pixels[x * 3 + 2] = row[x * 3]
            }
        }
    }

    private static func imagingError(_ failure: Failure, name: String) -> ImagingError {
        switch failure {
        case .damaged(let reason): .damaged(photo: name, format: .bmp, reason: reason)
        case .unsupported(let found): .unsupportedVariant(photo: name, format: .bmp, found: found)
        }
    }
}

extension BitmapHeader {
    /// Calls `unpack` with each stored row and the place of its pixels, which it fills. The bytes hold all rows.
    func unpackRows(
        _ bytes: UnsafeRawBufferPointer,
        _ unpack: (UnsafeRawBufferPointer, UnsafeMutableBufferPointer<UInt8>) -> Void
    ) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: size.area * 3) { buffer, count in
            for row in 0..<size.height {
                let start = pixelOffset + row * rowStride
                let y = isTopDown ? row : size.height - 1 - row
                unpack(
                    UnsafeRawBufferPointer(rebasing: bytes[start..<start + rowBytes]),
                    UnsafeMutableBufferPointer(
                        rebasing: buffer[y * size.width * 3..<(y + 1) * size.width * 3]))
            }
            count = size.area * 3
        }
    }
}

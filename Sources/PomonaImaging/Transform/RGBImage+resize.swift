import CPixels
public import PomonaCore

extension RGBImage {
    /// The image at another size, by cubic interpolation that counts every pixel when it shrinks.
    ///
    /// - Precondition: Both sides, before and after, are at least 1.
    public func resized(to newSize: ImageSize) throws -> RGBImage {
        precondition(min(width, height, newSize.width, newSize.height) >= 1, "\(size) to \(newSize) is no resizing")
        if newSize == size { return self }
        let resized = try [UInt8](unsafeUninitializedCapacity: newSize.area * 3) { buffer, count in
            let status = pixels.withUnsafeBufferPointer {
                cpixels_resize(
                    $0.baseAddress, Int32(width), Int32(height), buffer.baseAddress, Int32(newSize.width),
                    Int32(newSize.height))
            }
            guard status == Int32(CPIXELS_OK) else { throw ImagingError.outOfMemory(photo: nil, size: newSize) }
            count = newSize.area * 3
        }
        return RGBImage(size: newSize, pixels: resized)
    }
}

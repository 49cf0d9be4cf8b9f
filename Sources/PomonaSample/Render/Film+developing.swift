import Foundation
import PomonaCore

extension Film {
    /// Turns the light of an exposure into the photo a camera would store.
    func develop(_ exposure: Exposure, bands: RowBands) -> RGBImage {
        let size = exposure.size
        let gain = whiteBalance * (exposure.meteredGain() * pow(2, self.exposure))
        let curve = ToneCurve(contrast: contrast)
        var pixels = [UInt8](repeating: 0, count: size.area * 3)
        pixels.withUnsafeMutableBufferPointer { out in
            // Rows are disjoint parts of `out`.
            nonisolated(unsafe) let out = out
            bands.forEachRow { y in
                for x in 0..<size.width {
                    let light = softened(exposure, x, y) * gain * falloff(x, y, size)
                    let toned = curve.encoded(saturated(light))
                    let pixel = y * size.width + x
                    let noisy = toned + grain(pixel, brightness: toned.luminance)
                    let bytes = (noisy * 255 + 0.5).clamped(lowerBound: .zero, upperBound: Vector(repeating: 255))
                    out[pixel * 3] = UInt8(bytes.x)
                    out[pixel * 3 + 1] = UInt8(bytes.y)
                    out[pixel * 3 + 2] = UInt8(bytes.z)
                }
            }
        }
        return RGBImage(size: size, pixels: pixels)
    }

    /// The lens: a part of each pixel's light comes from its eight neighbours (weights 1 2 1 along both axes).
    private func softened(_ exposure: Exposure, _ x: Int, _ y: Int) -> Vector {
        let (width, light) = (exposure.size.width, exposure.radiance)
        let (left, right) = (max(x - 1, 0), min(x + 1, width - 1))
        func row(_ row: Int) -> Vector {
            let start = row * width
            return light[start + left] + 2 * light[start + x] + light[start + right]
        }
        let (above, below) = (max(y - 1, 0), min(y + 1, exposure.size.height - 1))
        let blurred = (row(above) + 2 * row(y) + row(below)) * (1 / 16)
        return mix(light[y * width + x], blurred, softness)
    }

    private func falloff(_ x: Int, _ y: Int, _ size: ImageSize) -> Float {
        let u = (Float(x) + 0.5) / Float(size.width) * 2 - 1
        let v = (Float(y) + 0.5) / Float(size.height) * 2 - 1
        let square = (u * u + v * v) * 0.5
        return 1 - vignette * square * (0.4 + 0.6 * square)
    }

    private func saturated(_ light: Vector) -> Vector {
        let grey = Vector(repeating: light.luminance)
        return pointwiseMax(grey + (light - grey) * saturation, .zero)
    }

    /// Sensor noise: mostly brightness, a little colour, stronger in the dark after encoding.
    private func grain(_ pixel: Int, brightness: Float) -> Vector {
        let first = Noise.hash(UInt32(truncatingIfNeeded: pixel) &* 0x9E37_79B1 &+ noiseSeed)
        let second = Noise.hash(first ^ 0x5BD1_E995)
        // Sums of two even numbers are bell-shaped enough, and cheap.
        func bell(_ a: UInt32, _ b: UInt32) -> Float { (Float(a & 255) + Float(b & 255)) * (1 / 255) - 1 }
        let grey = bell(first, first >> 8)
        let colour = Vector(bell(first >> 16, second), bell(first >> 24, second >> 8), bell(second >> 16, second >> 24))
        return (grey + colour * 0.6) * (noise * (1.4 - brightness))
    }
}

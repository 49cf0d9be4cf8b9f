import Foundation
import PomonaCore

/// The light that fell on each pixel of a sensor, with what was seen there.
///
/// Owns its memory. `Sendable` is unchecked because rows are written from several threads at once; each step below
/// writes only the row it was called for, and reads other rows only of what an earlier step has finished.
final class Exposure: @unchecked Sendable {
    let size: ImageSize
    let radiance: UnsafeMutableBufferPointer<Vector>
    let identity: UnsafeMutableBufferPointer<UInt8>
    let distance: UnsafeMutableBufferPointer<Float>

    init(size: ImageSize) {
        self.size = size
        radiance = .allocate(capacity: size.area)
        identity = .allocate(capacity: size.area)
        distance = .allocate(capacity: size.area)
        radiance.initialize(repeating: .zero)
        identity.initialize(repeating: 0)
        distance.initialize(repeating: 0)
    }

    deinit {
        radiance.deallocate()
        identity.deallocate()
        distance.deallocate()
    }

    /// One ray through the middle of every pixel.
    func trace(_ tracer: Tracer, bands: RowBands) {
        let (camera, footprint) = (tracer.scene.camera, tracer.scene.camera.footprint(of: size))
        bands.forEachRow { y in
            for x in 0..<size.width {
                let ray = camera.ray(through: SIMD2(Float(x) + 0.5, Float(y) + 0.5), of: size)
                let sample = tracer.sample(ray, footprint: footprint)
                let pixel = y * size.width + x
                radiance[pixel] = sample.radiance
                identity[pixel] = sample.identity
                distance[pixel] = sample.distance
            }
        }
    }

    /// Four more rays through every pixel that lies on an outline, averaged; the first ray's identity stays.
    func smoothOutlines(_ tracer: Tracer, bands: RowBands) {
        let (camera, footprint) = (tracer.scene.camera, tracer.scene.camera.footprint(of: size))
        // A turned square: no two share a row or a column of the pixel.
        let places: [SIMD2<Float>] = [[0.375, 0.125], [0.875, 0.375], [0.625, 0.875], [0.125, 0.625]]
        bands.forEachRow { y in
            for x in 0..<size.width where isOutline(x, y) {
                var sum = Vector.zero
                for place in places {
                    let ray = camera.ray(through: SIMD2(Float(x), Float(y)) + place, of: size)
                    // A bright reflection in one of four rays must not make the whole pixel glow.
                    sum += pointwiseMin(tracer.sample(ray, footprint: footprint).radiance, Vector(repeating: 6))
                }
                radiance[y * size.width + x] = sum * 0.25
            }
        }
    }

    private func isOutline(_ x: Int, _ y: Int) -> Bool {
        let pixel = y * size.width + x
        func differs(_ other: Int) -> Bool {
            identity[other] != identity[pixel]
                || abs(distance[other] - distance[pixel]) > 0.04 * min(distance[other], distance[pixel])
        }
        return (x > 0 && differs(pixel - 1)) || (x + 1 < size.width && differs(pixel + 1))
            || (y > 0 && differs(pixel - size.width)) || (y + 1 < size.height && differs(pixel + size.width))
    }

    /// The gain that a camera's meter would choose: brings the geometric mean of the brightness to middle grey, but
    /// holds back where that would burn out the brightest twentieth of the picture.
    func meteredGain() -> Float {
        // Every third pixel of every third row is plenty.
        var brightness: [Float] = []
        for y in stride(from: 0, to: size.height, by: 3) {
            for x in stride(from: 0, to: size.width, by: 3) {
                brightness.append(max(radiance[y * size.width + x].luminance, 0.002))
            }
        }
        let mean = exp(brightness.reduce(0) { $0 + log($1) } / Float(brightness.count))
        brightness.sort()
        return min(0.27 / mean, 0.9 / brightness[brightness.count * 19 / 20])
    }

    /// The objects seen through the middles of the pixels.
    func mask() -> ObjectMask {
        ObjectMask(size: size, pixels: identity.map { $0 == Sample.background ? 0 : $0 })
    }
}

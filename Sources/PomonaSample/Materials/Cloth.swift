import Foundation

/// Woven cloth: threads over and under, two colours in checks, stripes or dots, and soft folds.
struct Cloth {
    enum Design { case plain, gingham, stripes, dots }

    var design: Design
    var colour: Vector
    var second: Vector
    /// Width of a repeat of the design and of a thread, in decimetres.
    var repeatWidth: Float
    var thread: Float
    /// Steepness of the folds.
    var folds: Float
    var seed: UInt32

    func finish(at p: SIMD2<Float>, footprint: Float) -> PlaneFinish {
        let phase = p * (.pi / thread)
        let visible = resolved(detail: thread, footprint: footprint)
        // Warp and weft swap which is on top at every crossing.
        let weave = sin(phase.x) * sin(phase.y)
        let irregular =
            Noise.value(Vector(p.x * 9, 0, p.y * 60), seed: seed)
            + Noise.value(Vector(p.x * 60, 0, p.y * 9), seed: seed &+ 1)
        var albedo = mix(colour, second, secondShare(p, footprint: footprint))
        albedo *= 1 + visible * 0.16 * weave + 0.12 * (irregular - 1) * resolved(detail: 1 / 60, footprint: footprint)
        let height = { (q: SIMD2<Float>) in
            Noise.fractal(Vector(q.x * 0.33, 0, q.y * 0.5), octaves: 3, seed: seed &+ 2)
        }
        let here = height(p)
        let step: Float = 0.08
        let slope = SIMD2(height(p + SIMD2(step, 0)) - here, height(p + SIMD2(0, step)) - here) * (folds / step)
        let threadSlope = SIMD2(cos(phase.x) * sin(phase.y), sin(phase.x) * cos(phase.y)) * (0.25 * visible)
        return PlaneFinish(albedo: albedo, slope: slope + threadSlope, roughness: 1)
    }

    private func secondShare(_ p: SIMD2<Float>, footprint: Float) -> Float {
        let soft = max(footprint / repeatWidth, 0.01)
        let u = band(p.x / repeatWidth, soft)
        switch design {
        case .plain: return 0
        case .stripes: return u
        case .gingham: return 0.5 * (u + band(p.y / repeatWidth, soft))
        case .dots:
            let place = p / repeatWidth
            let cell = SIMD2(Float(floorInt(place.x)), Float(floorInt(place.y)))
            let distance = (place - cell - 0.5).length
            return 1 - smoothstep(0.22 - soft, 0.22 + soft, distance)
        }
    }

    /// 1 in one half of each unit, 0 in the other, with edges `soft` wide.
    private func band(_ place: Float, _ soft: Float) -> Float {
        let within = abs(place - Float(floorInt(place)) - 0.5)
        let mean = smoothstep(0.4, 1, soft)
        return mix(1 - smoothstep(0.25 - soft, 0.25 + soft, within), 0.5, mean)
    }
}

/// Repeatable noise over space: the same point and seed give the same value.
enum Noise {
    private static let xStride: UInt32 = 0x9E37_79B1
    private static let yStride: UInt32 = 0x85EB_CA77
    private static let zStride: UInt32 = 0xC2B2_AE3D

    /// The strides of a unit cell's eight corners; bit 0 of the index is x, bit 1 y, bit 2 z.
    private static let corners = SIMD8<UInt32>(
        0, xStride, yStride, xStride &+ yStride,
        zStride, zStride &+ xStride, zStride &+ yStride, zStride &+ yStride &+ xStride)

    /// Spreads every input bit over the output (the finaliser of MurmurHash3).
    static func hash(_ value: UInt32) -> UInt32 {
        var h = value
        h = (h ^ (h >> 16)) &* 0x85EB_CA6B
        h = (h ^ (h >> 13)) &* 0xC2B2_AE35
        return h ^ (h >> 16)
    }

    private static func hash(_ values: SIMD8<UInt32>) -> SIMD8<UInt32> {
        var h = values
        h = (h ^ (h &>> 16)) &* 0x85EB_CA6B
        h = (h ^ (h &>> 13)) &* 0xC2B2_AE35
        return h ^ (h &>> 16)
    }

    /// A number in 0..<1 for one cell of a plane, such as a tile or a plank.
    static func cell(_ x: Int32, _ y: Int32, seed: UInt32) -> Float {
        let key = UInt32(bitPattern: x) &* xStride &+ UInt32(bitPattern: y) &* yStride
        return Float(hash(key &+ seed) >> 8) * 0x1p-24
    }

    /// The cell of the unit lattice that holds a point, and the point's place in it.
    private static func split(_ p: Vector) -> (key: UInt32, fraction: Vector) {
        let (x, y, z) = (floorInt(p.x), floorInt(p.y), floorInt(p.z))
        let key =
            UInt32(bitPattern: x) &* xStride &+ UInt32(bitPattern: y) &* yStride &+ UInt32(bitPattern: z) &* zStride
        return (key, p - Vector(Float(x), Float(y), Float(z)))
    }

    /// Smooth noise in 0...1 whose features are about one unit wide (value noise, quintic interpolation).
    static func value(_ p: Vector, seed: UInt32) -> Float {
        let (key, f) = split(p)
        let bits = hash(corners &+ (key &+ seed)) &>> 8
        let values = SIMD8<Float>(SIMD8<Int32>(truncatingIfNeeded: bits)) * 0x1p-24
        let w = f * f * f * (f * (f * 6 - 15) + 10)
        let alongZ = values.lowHalf + (values.highHalf - values.lowHalf) * w.z
        let alongY = alongZ.lowHalf + (alongZ.highHalf - alongZ.lowHalf) * w.y
        return alongY.x + (alongY.y - alongY.x) * w.x
    }

    /// Noise with detail at several scales (fractional Brownian motion), 0...1: each octave is half as wide and half as
    /// strong as the one before.
    static func fractal(_ p: Vector, octaves: Int, seed: UInt32) -> Float {
        var (q, amplitude, sum, total) = (p, Float(0.5), Float(0), Float(0))
        for octave in 0..<octaves {
            sum += amplitude * value(q, seed: seed &+ UInt32(truncatingIfNeeded: octave) &* 0x68BC_21EB)
            total += amplitude
            amplitude *= 0.5
            // Turned as well as scaled, so that the lattices of the octaves do not line up.
            q = Vector(1.6 * q.x + 1.2 * q.z, 2.03 * q.y, 1.6 * q.z - 1.2 * q.x) + 7.31
        }
        return sum / total
    }

    /// The scattered point nearest to `p`, about one per unit cell: dots, pores and grains.
    struct Speck {
        /// From the sampled point to the scattered one.
        var offset: Vector
        var distance: Float
        /// A number in 0..<1 of the scattered point's own.
        var identity: Float
    }

    /// Looks in the eight cells around `p` only; points are kept to the middle of their cells, so the nearest is
    /// almost always among those.
    static func speck(near p: Vector, seed: UInt32) -> Speck {
        let (key, f) = split(p - 0.5)
        let hashes = hash(corners &+ (key &+ seed))
        var best = Speck(offset: .zero, distance: .infinity, identity: 0)
        for corner in 0..<8 {
            let h = hashes[corner]
            let jitter = Vector(Float(h & 1023), Float((h >> 10) & 1023), Float(h >> 22)) * (0.7 / 1023)
            let cell = Vector(Float(corner & 1), Float((corner >> 1) & 1), Float(corner >> 2))
            // Lattice cells are shifted by 0.5 against `f`, and points lie 0.15...0.85 inside their cell.
            let offset = cell - 0.35 + jitter - f
            let distance = offset.lengthSquared
            if distance < best.distance {
                best = Speck(offset: offset, distance: distance, identity: Float(hash(h) >> 8) * 0x1p-24)
            }
        }
        best.distance = best.distance.squareRoot()
        return best
    }
}

/// The largest whole number that is not above `value`, for values of a scene's magnitude.
func floorInt(_ value: Float) -> Int32 {
    let bounded = clamp(value, -1e9, 1e9)
    let truncated = Int32(bounded)
    return Float(truncated) > bounded ? truncated - 1 : truncated
}

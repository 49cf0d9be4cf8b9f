/// Glazed tiles with grout between, each of a slightly different tone, their edges rounded.
struct Tiles {
    var colour: Vector
    var grout: Vector
    /// Width of a tile along u and v, in decimetres; rows are shifted by `offset` of a tile.
    var width: SIMD2<Float>
    var offset: Float
    var groutWidth: Float
    var variety: Float
    var roughness: Float
    var seed: UInt32

    func finish(at p: SIMD2<Float>, footprint: Float) -> PlaneFinish {
        let row = floorInt(p.y / width.y)
        let shifted = SIMD2(p.x + Float(row & 1) * offset * width.x, p.y)
        let column = floorInt(shifted.x / width.x)
        let place = shifted - SIMD2(Float(column), Float(row)) * width
        let toEdge = SIMD2(min(place.x, width.x - place.x), min(place.y, width.y - place.y))
        let distance = min(toEdge.x, toEdge.y) - groutWidth * 0.5
        let soft = max(footprint, 0.006)
        let inside = smoothstep(-soft, soft, distance)
        let tone = 1 + variety * (Noise.cell(column, row, seed: seed) - 0.5)
        let cloud = Noise.fractal(Vector(p.x * 1.3, tone * 9, p.y * 1.3), octaves: 3, seed: seed &+ 1) - 0.5
        let albedo = mix(grout * (1 + cloud * 0.5), colour * (tone + 0.25 * variety * cloud), inside)
        var slope = SIMD2<Float>.zero
        let bevel = (1 - smoothstep(0, 0.05, distance)) * inside * resolved(detail: 0.05, footprint: footprint)
        if toEdge.x < toEdge.y {
            slope.x = bevel * (place.x < width.x * 0.5 ? 0.5 : -0.5)
        } else {
            slope.y = bevel * (place.y < width.y * 0.5 ? 0.5 : -0.5)
        }
        return PlaneFinish(albedo: albedo, slope: slope, roughness: mix(1, roughness, inside))
    }
}

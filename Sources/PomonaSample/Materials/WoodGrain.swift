/// Planks along u: bent year rings, fibres, a tone for each plank, dark joints.
struct WoodGrain {
    var light: Vector
    var dark: Vector
    /// Width of a plank and the length after which one ends, in decimetres.
    var plankWidth: Float
    var plankLength: Float
    /// Year rings per decimetre across a plank.
    var rings: Float
    /// How much the planks' tones differ, 0...1.
    var variety: Float
    var joint: Float
    var roughness: Float
    var seed: UInt32

    func finish(at p: SIMD2<Float>, footprint: Float) -> PlaneFinish {
        let row = floorInt(p.y / plankWidth)
        let shifted = p.x + plankLength * Noise.cell(row, 0, seed: seed)
        let column = floorInt(shifted / plankLength)
        let tone = Noise.cell(column, row, seed: seed &+ 1)
        // Each plank is cut from another place of the tree.
        let u = p.x + tone * 97
        let v = p.y + Noise.cell(row, column, seed: seed &+ 2) * 31
        let bend = Noise.fractal(Vector(u * 0.11, 0, v * 0.8), octaves: 4, seed: seed &+ 3)
        let phase = (v * 0.7 + bend * 1.3) * rings
        let within = phase - Float(floorInt(phase))
        let ring = smoothstep(0, 0.75, within) * (1 - smoothstep(0.85, 1, within))
        let ringVisible = resolved(detail: 0.4 / rings, footprint: footprint)
        let fibre = Noise.value(Vector(u * 2.2, 0, v * 55), seed: seed &+ 4) - 0.5
        let strand = Noise.value(Vector(u * 0.7, 0, v * 17), seed: seed &+ 5) - 0.5
        let fibreVisible = resolved(detail: 1 / 55, footprint: footprint)
        var share = 0.4 + (ring - 0.4) * 0.3 * ringVisible + (bend - 0.5) * 0.5
        share += strand * 0.3 + fibre * 0.5 * fibreVisible + (tone - 0.5) * variety
        var albedo = mix(light, dark, clamp(share, 0, 1))
        let gap = jointShare(p.y / plankWidth - Float(row), plankWidth, footprint: footprint)
        let end = jointShare(shifted / plankLength - Float(column), plankLength, footprint: footprint)
        albedo = mix(albedo, dark * 0.15, joint * max(gap, end))
        return PlaneFinish(
            albedo: albedo, slope: SIMD2(0, fibre * 0.12 * fibreVisible), roughness: roughness + 0.15 * ring)
    }

    /// How much of a pixel is joint, for a place 0...1 inside a plank of the given width.
    private func jointShare(_ place: Float, _ width: Float, footprint: Float) -> Float {
        let distance = min(place, 1 - place) * width
        let half: Float = 0.008
        let soft = max(footprint, 0.004)
        return (1 - smoothstep(half, half + soft, distance)) * min(1, 2 * half / soft + 0.3)
    }
}

/// What a material says of one point: how it takes and gives light.
struct Surface {
    /// Share of light that is scattered back, per channel, 0...1.
    var albedo: Vector

    /// The direction the surface faces, pores and threads included.
    var normal: Vector

    /// Spread of mirrored light: 0 a mirror, 1 chalk.
    var roughness: Float

    /// Share of light mirrored at a right angle; 0.04 is wax, skin or varnish.
    var reflectance: Float = 0.04

    /// How far light creeps around the edge of the lit half, 0...1: peel lets some through.
    var translucency: Float = 0
}

/// How much of a detail is still to be seen: 1 where it spans several pixels, 0 where it is finer than one.
///
/// Materials fade their finest patterns out by this instead of drawing many samples per pixel.
func resolved(detail size: Float, footprint: Float) -> Float {
    1 - smoothstep(0.25, 0.8, footprint / size)
}

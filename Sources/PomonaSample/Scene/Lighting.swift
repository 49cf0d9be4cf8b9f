/// Where the light of a scene comes from: a window or lamp, the room around, a weak light from another side.
struct Lighting {
    /// Towards the window or lamp, and two directions across it.
    var key: Rotation
    /// Light that falls on a surface facing the window.
    var keyColour: Vector
    /// Half width and height of the window, as tangents of the angles under which it is seen.
    var window: SIMD2<Float>
    /// Whether bars divide the window into panes.
    var hasBars: Bool
    /// Light from above, from the horizon, and what the ground throws back.
    var sky: Vector
    var horizon: Vector
    var bounce: Vector
    /// A second, shadowless light.
    var fill: Vector
    var fillColour: Vector

    var toKey: Vector { key.yAxis }

    /// Half width of the round light whose shadows are as soft as the window's.
    var penumbra: Float { clamp((window.x * window.y).squareRoot(), 0.02, 0.25) }

    /// Light that reaches a surface from all around, without the window.
    func ambient(_ normal: Vector) -> Vector {
        let up = normal.y * 0.5 + 0.5
        let around = mix(bounce, sky, up * up * (3 - 2 * up)) * 0.7 + horizon * 0.3
        return around + fillColour * max(0, dot(normal, fill))
    }

    /// What a mirror with the given blur sees in a direction, without the window.
    func surroundings(_ direction: Vector, roughness: Float) -> Vector {
        let soft = 0.08 + roughness
        let above = smoothstep(-soft, soft, direction.y)
        let high = direction.y > 0 ? mix(horizon, sky, direction.y.squareRoot()) : horizon
        // The second light has a soft reflection of its own.
        let lamp = smoothstep(0.96 - 0.3 * roughness, 0.995, dot(direction, fill))
        return mix(bounce, high, above) + fillColour * (3 * lamp)
    }

    /// What the same mirror sees of the window.
    func windowReflection(_ direction: Vector, roughness: Float) -> Vector {
        let depth = dot(direction, key.yAxis)
        guard depth > 0.05 else { return .zero }
        let place = SIMD2(dot(direction, key.xAxis), dot(direction, key.zAxis)) / depth
        let blur = 0.02 + 0.9 * roughness * roughness + 0.12 * roughness
        var share = Self.slab(place.x, window.x, blur) * Self.slab(place.y, window.y, blur)
        if hasBars {
            let bar = window.x * 0.09
            let across = max(Self.slab(place.x, bar, blur), Self.slab(place.y, bar, blur))
            share *= 1 - 0.85 * across * resolved(detail: bar, footprint: blur * 0.4)
        }
        // The same light spread over a wider area is weaker; the solid angle turns irradiance into radiance.
        let spread = (window.x + blur) * (window.y + blur) * 4
        return keyColour * min(share / spread, 40)
    }

    /// The share of a blurred stripe of half width `half` at distance `x` from its middle.
    private static func slab(_ x: Float, _ half: Float, _ blur: Float) -> Float {
        1 - smoothstep(half - blur, half + blur, abs(x))
    }
}

/// A shape with its material.
///
/// An enum rather than a protocol existential: each march and each shading call chooses once and then runs code
/// that is specialised for the one shape.
enum Solid {
    case apple(AppleShape, AppleSkin)
    case banana(BananaShape, BananaPeel)
    case orange(OrangeShape, OrangePeel)
    case ball(BallShape, Paint)
    case box(BoxShape, Paint)
    case cup(CupShape, Paint)

    var bounds: Bounds {
        switch self {
        case .apple(let shape, _): shape.bounds
        case .banana(let shape, _): shape.bounds
        case .orange(let shape, _): shape.bounds
        case .ball(let shape, _): shape.bounds
        case .box(let shape, _): shape.bounds
        case .cup(let shape, _): shape.bounds
        }
    }

    func distance(at p: Vector) -> Float {
        switch self {
        case .apple(let shape, _): shape.distance(at: p)
        case .banana(let shape, _): shape.distance(at: p)
        case .orange(let shape, _): shape.distance(at: p)
        case .ball(let shape, _): shape.distance(at: p)
        case .box(let shape, _): shape.distance(at: p)
        case .cup(let shape, _): shape.distance(at: p)
        }
    }

    func march(_ ray: Ray, limit: Float) -> Float {
        switch self {
        case .apple(let shape, _): shape.march(ray, limit: limit)
        case .banana(let shape, _): shape.march(ray, limit: limit)
        case .orange(let shape, _): shape.march(ray, limit: limit)
        case .ball(let shape, _): shape.march(ray, limit: limit)
        case .box(let shape, _): shape.march(ray, limit: limit)
        case .cup(let shape, _): shape.march(ray, limit: limit)
        }
    }

    func visibility(along ray: Ray, halfWidth: Float) -> Float {
        switch self {
        case .apple(let shape, _): shape.visibility(along: ray, halfWidth: halfWidth)
        case .banana(let shape, _): shape.visibility(along: ray, halfWidth: halfWidth)
        case .orange(let shape, _): shape.visibility(along: ray, halfWidth: halfWidth)
        case .ball(let shape, _): shape.visibility(along: ray, halfWidth: halfWidth)
        case .box(let shape, _): shape.visibility(along: ray, halfWidth: halfWidth)
        case .cup(let shape, _): shape.visibility(along: ray, halfWidth: halfWidth)
        }
    }

    func normal(at p: Vector, spacing: Float) -> Vector {
        switch self {
        case .apple(let shape, _): shape.normal(at: p, spacing: spacing)
        case .banana(let shape, _): shape.normal(at: p, spacing: spacing)
        case .orange(let shape, _): shape.normal(at: p, spacing: spacing)
        case .ball(let shape, _): shape.normal(at: p, spacing: spacing)
        case .box(let shape, _): shape.normal(at: p, spacing: spacing)
        case .cup(let shape, _): shape.normal(at: p, spacing: spacing)
        }
    }

    /// The material at a surface point of the solid's own frame.
    ///
    /// - Parameter footprint: Width of a pixel there, in decimetres.
    func surface(at p: Vector, footprint: Float) -> Surface {
        let normal = normal(at: p, spacing: max(0.002, footprint * 0.4))
        switch self {
        case .apple(let shape, let skin):
            let q = shape.straightened(p)
            return skin.surface(
                at: q, normal: normal, isStem: shape.isStem(q), footprint: footprint / shape.radius)
        case .banana(let shape, let peel):
            let place = shape.place(of: p)
            return peel.surface(
                at: p, place: place, edge: shape.edge(place.across), normal: normal, footprint: footprint)
        case .orange(let shape, let peel):
            let q = shape.straightened(p)
            return peel.surface(
                at: q, normal: normal, isButton: shape.isButton(q), footprint: footprint / shape.radius)
        case .ball(_, let paint), .box(_, let paint), .cup(_, let paint):
            return paint.surface(at: p, normal: normal, footprint: footprint)
        }
    }
}

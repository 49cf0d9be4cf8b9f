/// What the ground or a wall is made of. Places are `(u, v)` on the plane, in decimetres.
enum GroundPattern {
    case table(PlainTable)
    case wood(WoodGrain)
    case cloth(Cloth)
    case tiles(Tiles)
    case marble(Marble)
    case stone(Stone)

    /// - Parameters:
    ///   - p: The point on the plane, as (u, v).
    ///   - footprint: Width of a pixel there, in decimetres.
    func finish(at p: SIMD2<Float>, footprint: Float) -> PlaneFinish {
        switch self {
        case .table(let table): table.finish(at: p, footprint: footprint)
        case .wood(let wood): wood.finish(at: p, footprint: footprint)
        case .cloth(let cloth): cloth.finish(at: p, footprint: footprint)
        case .tiles(let tiles): tiles.finish(at: p, footprint: footprint)
        case .marble(let marble): marble.finish(at: p, footprint: footprint)
        case .stone(let stone): stone.finish(at: p, footprint: footprint)
        }
    }
}

/// The look of one point of a plane.
struct PlaneFinish {
    var albedo: Vector
    /// How the height changes along u and v: tilts the normal.
    var slope: SIMD2<Float> = .zero
    var roughness: Float
}

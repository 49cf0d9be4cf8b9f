/// A half line; `direction` has length 1, so parameters along it are distances.
struct Ray {
    var origin: Vector
    var direction: Vector

    func point(at distance: Float) -> Vector { origin + direction * distance }
}

import Foundation

/// An orientation: the images of the three axes, which are orthonormal.
struct Rotation {
    var xAxis: Vector
    var yAxis: Vector
    var zAxis: Vector

    init(xAxis: Vector, yAxis: Vector, zAxis: Vector) {
        self.xAxis = xAxis
        self.yAxis = yAxis
        self.zAxis = zAxis
    }

    /// A turn about an axis through the origin by an angle in radians (Rodrigues' formula).
    init(about axis: Vector, by angle: Float) {
        let (unit, c, s) = (axis.normalized, cos(angle), sin(angle))
        func turned(_ v: Vector) -> Vector { v * c + cross(unit, v) * s + unit * (dot(unit, v) * (1 - c)) }
        self.init(xAxis: turned([1, 0, 0]), yAxis: turned([0, 1, 0]), zAxis: turned([0, 0, 1]))
    }

    /// The orientation whose y axis is the given direction; the other two are arbitrary.
    init(yAxis direction: Vector) {
        let other: Vector = abs(direction.y) < 0.9 ? [0, 1, 0] : [1, 0, 0]
        let x = cross(other, direction).normalized
        self.init(xAxis: x, yAxis: direction, zAxis: cross(x, direction))
    }

    /// From the frame of the turned thing to the frame around it.
    func outward(_ v: Vector) -> Vector { xAxis * v.x + yAxis * v.y + zAxis * v.z }

    /// From the frame around the turned thing to its own: the inverse of `outward`.
    func inward(_ v: Vector) -> Vector { Vector(dot(xAxis, v), dot(yAxis, v), dot(zAxis, v)) }

    /// This rotation after another.
    func following(_ first: Rotation) -> Rotation {
        Rotation(xAxis: outward(first.xAxis), yAxis: outward(first.yAxis), zAxis: outward(first.zAxis))
    }
}

import Foundation
import PomonaCore

extension SeededGenerator {
    mutating func float(_ lower: Float, _ upper: Float) -> Float { lower + Float(unit()) * (upper - lower) }

    /// A number whose logarithm is even: as often in 1...2 as in 2...4.
    mutating func logarithmic(_ lower: Float, _ upper: Float) -> Float { exp(float(log(lower), log(upper))) }

    mutating func bits() -> UInt32 { UInt32(truncatingIfNeeded: next()) }

    /// One of a list's elements; the list must not be empty.
    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[index(below: choices.count)] }

    /// A direction, all equally likely.
    mutating func direction() -> Vector {
        let y = float(-1, 1)
        let angle = float(0, 2 * .pi)
        let around = (1 - y * y).squareRoot()
        return Vector(around * cos(angle), y, around * sin(angle))
    }

    /// A direction on the ground, all equally likely.
    mutating func heading() -> SIMD2<Float> {
        let angle = float(0, 2 * .pi)
        return SIMD2(cos(angle), sin(angle))
    }

    /// A colour near another: each channel up to `share` stronger or weaker.
    mutating func near(_ colour: Vector, by share: Float) -> Vector {
        colour * Vector(float(1 - share, 1 + share), float(1 - share, 1 + share), float(1 - share, 1 + share))
    }
}

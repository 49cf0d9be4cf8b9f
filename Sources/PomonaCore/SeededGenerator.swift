import Foundation

/// A small random number generator whose whole future follows from its seed: SplitMix64 (Steele, Lea and Flood,
/// "Fast splittable pseudorandom number generators", 2014).
///
/// Give every independent decision a generator of its own, named by what it is for: `SeededGenerator(seed: s, step,
/// index)`. Then a decision does not depend on how many came before it, nor on the order of threads.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// A generator for the decision that the numbers name together.
    public init(seed: UInt64, _ path: Int...) {
        state = seed
        for part in path {
            state = Self.mix(state &+ 0x9E37_79B9_7F4A_7C15) ^ UInt64(bitPattern: Int64(part))
        }
        state = Self.mix(state)
    }

    public mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        return Self.mix(state)
    }

    private static func mix(_ value: UInt64) -> UInt64 {
        var z = value
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// A number in 0..<1 with 53 random bits. The same on every platform, unlike `Double.random`.
    public mutating func unit() -> Double {
        Double(next() >> 11) * 0x1p-53
    }

    /// A number in the half-open range.
    public mutating func uniform(_ range: Range<Double>) -> Double {
        range.lowerBound + unit() * (range.upperBound - range.lowerBound)
    }

    /// A number from the standard normal distribution (Box and Muller's method).
    public mutating func normal() -> Double {
        // 1 - unit() lies in 0 exclusive ... 1, so the logarithm is finite.
        (-2 * log(1 - unit())).squareRoot() * cos(2 * .pi * unit())
    }

    /// An index in `0..<count`.
    public mutating func index(below count: Int) -> Int {
        precondition(count > 0, "no index lies below \(count)")
        return Int(next().multipliedFullWidth(by: UInt64(count)).high)
    }

    /// True with the given probability.
    public mutating func chance(_ probability: Double) -> Bool { unit() < probability }
}

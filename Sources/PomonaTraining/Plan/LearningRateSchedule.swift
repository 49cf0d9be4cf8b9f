import Foundation

/// The learning rate of every step: a linear rise, then half a cosine (Loshchilov and Hutter, "SGDR", 2017).
struct LearningRateSchedule {
    let peak: Double
    let warmUpSteps: Int
    let steps: Int
    let finalShare: Double

    /// - Parameter step: Counts from 0.
    func rate(at step: Int) -> Double {
        // A short run must not spend itself on warming up.
        let rise = min(warmUpSteps, max(1, steps / 5))
        guard step >= rise else { return peak * Double(step + 1) / Double(rise) }
        let progress = Double(step - rise) / Double(max(1, steps - rise))
        return peak * (finalShare + (1 - finalShare) * (1 + cos(.pi * min(1, progress))) / 2)
    }
}

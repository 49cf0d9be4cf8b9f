import Foundation

/// The learning rate of every step: a linear rise, then half a cosine (Loshchilov and Hutter, "SGDR", 2017).
public struct LearningRateSchedule {
    let peak: Double
    let warmUpSteps: Int
    let steps: Int
    let finalShare: Double

    /// - Parameters:
    ///   - peak: The highest rate.
    ///   - steps: All steps of the run, the warm-up among them.
    ///   - finalShare: The rate at the end as a share of the peak.
    public init(peak: Double, warmUpSteps: Int, steps: Int, finalShare: Double) {
        self.peak = peak
        self.warmUpSteps = warmUpSteps
        self.steps = steps
        self.finalShare = finalShare
    }

    /// - Parameter step: Counts from 0.
    func rate(at step: Int) -> Double {
        // A short run must not spend itself on warming up.
        let rise = min(warmUpSteps, max(1, steps / 5))
        guard step >= rise else { return peak * Double(step + 1) / Double(rise) }
        let progress = Double(step - rise) / Double(max(1, steps - rise))
        return peak * (finalShare + (1 - finalShare) * (1 + cos(.pi * min(1, progress))) / 2)
    }
}

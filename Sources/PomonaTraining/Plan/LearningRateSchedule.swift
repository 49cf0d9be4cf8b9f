import Foundation

/// The learning rate of every step: a linear rise, then half a cosine (Loshchilov and Hutter, "SGDR", 2017), or a level
/// stretch with a linear fall at its end.
public struct LearningRateSchedule {
    private enum Shape {
        /// Falls to this share of the peak.
        case cosine(finalShare: Double)
        /// Falls to nothing over so many steps before the end.
        case level(cooldownSteps: Int)
    }

    let peak: Double
    let warmUpSteps: Int
    let steps: Int
    private let shape: Shape

    /// - Parameters:
    ///   - peak: The highest rate.
    ///   - steps: All steps of the run, the warm-up among them.
    ///   - finalShare: The rate at the end as a share of the peak.
    public init(peak: Double, warmUpSteps: Int, steps: Int, finalShare: Double) {
        self.peak = peak
        self.warmUpSteps = warmUpSteps
        self.steps = steps
        shape = .cosine(finalShare: finalShare)
    }

    /// For a run that may be prolonged: the rate stays at its peak but for the last `cooldownSteps`.
    public init(peak: Double, warmUpSteps: Int, steps: Int, cooldownSteps: Int) {
        self.peak = peak
        self.warmUpSteps = warmUpSteps
        self.steps = steps
        shape = .level(cooldownSteps: cooldownSteps)
    }

    /// - Parameter step: Counts from 0.
    func rate(at step: Int) -> Double {
        switch shape {
        case .cosine(let finalShare):
            // A short run must not spend itself on warming up.
            let rise = min(warmUpSteps, max(1, steps / 5))
            guard step >= rise else { return peak * Double(step + 1) / Double(rise) }
            let progress = Double(step - rise) / Double(max(1, steps - rise))
            return peak * (finalShare + (1 - finalShare) * (1 + cos(.pi * min(1, progress))) / 2)
        case .level(let cooldownSteps):
            let rise = Double(step + 1) / Double(max(1, warmUpSteps))
            let fall = cooldownSteps > 0 ? Double(steps - step) / Double(cooldownSteps) : 1
            return peak * max(0, min(rise, fall, 1))
        }
    }
}

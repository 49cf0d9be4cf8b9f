/// Watches whether a run will end within its budget, and shortens it in time where the machine became slower.
struct Pace {
    /// Seconds of the whole run.
    let budget: Double
    /// Whether the number of steps was asked for and stays; then a run that is overdue ends where it is.
    let isExact: Bool
    private var last: (taken: Int, seconds: Double)?

    /// Steps after which the pace is looked at again.
    private static let interval = 10
    /// A run is shortened only where this share of what is left does not fit: the last steps are often a little slower.
    private static let tolerance = 1.03

    init(budget: Double, isExact: Bool) {
        self.budget = budget
        self.isExact = isExact
    }

    /// Shortens what is left of the run where the budget no longer holds it.
    ///
    /// - Returns: Whether it did.
    mutating func shortens(_ run: inout RunState) -> Bool {
        let seconds = run.seconds
        if seconds + run.plan.secondsToFinish > budget {
            let total = run.plan.total
            run.plan.shorten(after: run.taken, to: 0)
            return run.plan.total != total
        }
        guard let last else {
            self.last = (run.taken, seconds)
            return false
        }
        guard !isExact, run.taken >= last.taken + Self.interval else { return false }
        self.last = (run.taken, seconds)
        let perStep = (seconds - last.seconds) / Double(run.taken - last.taken)
        let left = budget - seconds - run.plan.secondsToFinish
        guard perStep * Double(run.plan.total - run.taken) > left * Self.tolerance else { return false }
        let total = run.plan.total
        run.plan.shorten(after: run.taken, to: max(1, Int(left / perStep)))
        return run.plan.total != total
    }
}

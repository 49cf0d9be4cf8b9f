import PomonaEngine

/// Where a run stands, apart from its tensors: what a checkpoint keeps of it.
struct RunState {
    var plan: RunPlan
    /// Steps taken.
    var taken = 0
    /// Seconds that programs before this one spent on the run.
    var secondsBefore = 0.0
    /// Average precision at IoU 0.5 when the model was last judged.
    var judgement: Double?
    /// What the held-out photos said after the first part of the run.
    var heldOutResult: EvaluationResult?

    private let clock = ContinuousClock()
    private let begin: ContinuousClock.Instant

    init(
        plan: RunPlan, taken: Int = 0, secondsBefore: Double = 0, judgement: Double? = nil,
        heldOutResult: EvaluationResult? = nil
    ) {
        self.plan = plan
        self.taken = taken
        self.secondsBefore = secondsBefore
        self.judgement = judgement
        self.heldOutResult = heldOutResult
        begin = clock.now
    }

    /// Seconds of the run, all programs together.
    var seconds: Double { secondsBefore + (clock.now - begin) / .seconds(1) }

    var place: RunPlan.Place { plan.place(of: taken) }
    var isAtEnd: Bool { taken >= plan.total }
}

import PomonaCore
import Testing

@testable import PomonaTraining

@Suite("Plan of a run")
struct PlanTests {
    @Test("Under ten photos, or where an evaluation set judges, none is held out", arguments: [(9, false), (60, true)])
    func allTeach(count: Int, isJudgedElsewhere: Bool) {
        let split = split(photos(count, labels: 2), seed: 1, isJudgedElsewhere: isJudgedElsewhere)
        #expect(split.heldOut.isEmpty)
        #expect(split.training == Array(0..<count))
    }

    @Test("Photos without labels are never held out, and do not count as such that teach something")
    func backgroundsOnlyTeach() {
        let set = photos(30, labels: 2) + photos(300, labels: 0)
        let split = split(set, seed: 2)
        #expect(split.heldOut.count == 5 && split.heldOut.allSatisfy { $0 < 30 })
        #expect(split.labeledCount == 25)
        #expect(split.training.count == 325)
    }

    @Test("The held-out part follows the seed, and leaves every tag two photos to learn from")
    func heldOut() {
        var set = photos(60, labels: 3)
        // A tag of two photos only.
        set[0].annotations = [Annotation(label: 3, box: nil)]
        set[1].annotations = [Annotation(label: 3, box: nil)]
        let splits = (0..<20).map { split(set, seed: $0) }
        #expect(splits.allSatisfy { $0.heldOut.count == 9 && !$0.heldOut.contains(0) && !$0.heldOut.contains(1) })
        #expect(splits.allSatisfy { Set($0.heldOut).isDisjoint(with: $0.training) && $0.training.count == 51 })
        #expect(Set(splits.map(\.heldOut)).count > 10)
        #expect(split(set, seed: 4) == split(set, seed: 4))
    }

    @Test("Every epoch sees every photo once, whatever step is asked for first")
    func epochs() {
        let order = EpochOrder(objects: Array(0..<10), backgrounds: [], batchSize: 4, seed: 3)
        let late = order.batch(at: 3).map(\.photo)
        let seen = (0..<5).flatMap { order.batch(at: $0).map(\.photo) }
        #expect(Set(seen.prefix(10)) == Set(0..<10))
        #expect(Set(seen.suffix(10)) == Set(0..<10))
        #expect(late == Array(seen[12..<16]))
    }

    @Test("Photos without objects take a sixth of the places at most, others in each epoch")
    func backgroundsInEpochs() {
        let order = EpochOrder(objects: Array(0..<10), backgrounds: Array(10..<400), batchSize: 4, seed: 3)
        let epochs = (0..<6).map(order.epoch)
        #expect(epochs.allSatisfy { Set($0).isSuperset(of: 0..<10) && $0.count == 12 })
        #expect(Set(epochs.joined()).count >= 20)
        let sparse = EpochOrder(objects: Array(0..<10), backgrounds: [10], batchSize: 4, seed: 3)
        #expect(sparse.epochLength == 11)
    }

    @Test("The second part has a schedule of its own, and is not judged")
    func parts() {
        let plan = RunPlan(steps: 60, finalSteps: 20, secondsPerStep: 1, secondsToFinish: 1, judgementInterval: 25)
        let recipe = Recipe()
        #expect(plan.total == 80)
        #expect((0...80).filter(plan.isJudgement(after:)).filter { $0 > 0 } == [25, 50, 60])
        #expect(plan.place(of: 59).step == 59 && !plan.place(of: 59).isFinal)
        #expect(plan.place(of: 60).step == 0 && plan.place(of: 60).steps == 20 && plan.place(of: 60).isFinal)
        let rates = (0..<80).map { recipe.learningRate(at: plan.place(of: $0)) }
        #expect(rates[..<60].max() == recipe.learningRate)
        #expect(rates[60...].max() == recipe.learningRate * recipe.finalPeakShare)
        #expect(rates[59] < rates[30] / 5 && rates[79] < rates[66] / 5)
    }

    @Test(
        "A run that no longer fits is shortened and keeps its parts; never prolonged",
        arguments: [
            (10, 35, 35, 10), (10, 0, 10, 0), (10, 70, 60, 20), (10, 400, 60, 20), (65, 5, 60, 10), (65, 0, 60, 5),
        ])
    func shortened(taken: Int, affordable: Int, steps: Int, finalSteps: Int) {
        var plan = RunPlan(steps: 60, finalSteps: 20, secondsPerStep: 1, secondsToFinish: 1, judgementInterval: 25)
        plan.shorten(after: taken, to: affordable)
        #expect(plan.steps == steps && plan.finalSteps == finalSteps)
    }

    @Test("A machine that becomes slower shortens the run; a number of steps that was asked for only ends it")
    func pace() {
        let plan = RunPlan(steps: 1000, finalSteps: 0, secondsPerStep: 0.001, secondsToFinish: 0, judgementInterval: 25)
        func look(_ pace: inout Pace, taken: Int, after seconds: Double) -> (isShorter: Bool, run: RunState) {
            var run = RunState(plan: plan, taken: taken, secondsBefore: seconds)
            return (pace.shortens(&run), run)
        }
        var pace = Pace(budget: 100, isExact: false)
        let first = look(&pace, taken: 0, after: 0)
        #expect(!first.isShorter)
        // Ten steps took ten seconds, so ninety more fit.
        let later = look(&pace, taken: 10, after: 10)
        #expect(later.isShorter && (90...101).contains(later.run.plan.total))
        var exact = Pace(budget: 100, isExact: true)
        let half = look(&exact, taken: 20, after: 50)
        #expect(!half.isShorter)
        let over = look(&exact, taken: 30, after: 101)
        #expect(over.isShorter && over.run.isAtEnd)
    }

    @Test("The learning rate rises, falls, and ends at its share of the peak")
    func schedule() {
        let schedule = LearningRateSchedule(peak: 1, warmUpSteps: 10, steps: 100, finalShare: 0.02)
        let rates = (0..<100).map(schedule.rate(at:))
        #expect(rates[9] == 1)
        #expect(zip(rates[..<9], rates[1...9]).allSatisfy { $0 < $1 })
        #expect(zip(rates[10..<99], rates[11...]).allSatisfy { $0 > $1 })
        #expect(abs(rates[99] - 0.02) < 0.005)
    }

    @Test("More photos get more steps, but not in proportion")
    func steps() {
        let recipe = Recipe(start: .published)
        let (few, some, many) = (
            recipe.steps(photos: 6, start: .published), recipe.steps(photos: 53, start: .published),
            recipe.steps(photos: 500, start: .published)
        )
        #expect(few < some && some < many && many < some * 10)
    }

    private func split(_ photos: [LabeledPhoto], seed: UInt64, isJudgedElsewhere: Bool = false) -> HeldOutSplit {
        HeldOutSplit(photos, recipe: Recipe(), seed: seed, isJudgedElsewhere: isJudgedElsewhere)
    }

    private func photos(_ count: Int, labels: Int) -> [LabeledPhoto] {
        (0..<count).map {
            LabeledPhoto(
                name: "\($0)", path: "", size: ImageSize(width: 10, height: 10),
                annotations: labels == 0 ? [] : [Annotation(label: $0 % labels, box: nil)])
        }
    }
}

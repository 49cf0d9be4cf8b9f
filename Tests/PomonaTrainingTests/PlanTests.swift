import PomonaCore
import Testing

@testable import PomonaTraining

@Suite("Plan of a run")
struct PlanTests {
    @Test("Under 20 photos none is held out")
    func fewPhotos() {
        let split = HeldOutSplit(photos(19, labels: 2), recipe: Recipe(), seed: 1)
        #expect(split.heldOut.isEmpty)
        #expect(split.training == Array(0..<19))
    }

    @Test("The held-out part follows the seed, and leaves every tag two photos to learn from")
    func heldOut() {
        var set = photos(60, labels: 3)
        // A tag of two photos only.
        set[0].annotations = [Annotation(label: 3, box: nil)]
        set[1].annotations = [Annotation(label: 3, box: nil)]
        let splits = (0..<20).map { HeldOutSplit(set, recipe: Recipe(), seed: $0) }
        #expect(splits.allSatisfy { $0.heldOut.count == 7 && !$0.heldOut.contains(0) && !$0.heldOut.contains(1) })
        #expect(splits.allSatisfy { Set($0.heldOut).isDisjoint(with: $0.training) && $0.training.count == 53 })
        #expect(Set(splits.map(\.heldOut)).count > 10)
        #expect(HeldOutSplit(set, recipe: Recipe(), seed: 4) == HeldOutSplit(set, recipe: Recipe(), seed: 4))
    }

    @Test("Every epoch sees every photo once, whatever step is asked for first")
    func epochs() {
        let order = EpochOrder(photoCount: 10, batchSize: 4, seed: 3)
        let seen = (0..<5).flatMap { order.batch(at: $0) }
        #expect(Set(seen.prefix(10)) == Set(0..<10))
        #expect(Set(seen.suffix(10)) == Set(0..<10))
        #expect(order.batch(at: 3) == EpochOrder(photoCount: 10, batchSize: 4, seed: 3).batch(at: 3))
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

    private func photos(_ count: Int, labels: Int) -> [LabeledPhoto] {
        (0..<count).map {
            LabeledPhoto(
                name: "\($0)", path: "", size: ImageSize(width: 10, height: 10),
                annotations: [Annotation(label: $0 % labels, box: nil)])
        }
    }
}

import Foundation
import PomonaEngine

/// Tells how a training run goes: one line that renews itself on a terminal, plain lines when piped, events as JSON.
actor TrainingReporter {
    private let emitsJSON: Bool
    private let clock = ContinuousClock()
    private var lastLine: ContinuousClock.Instant?
    private var hasOpenLine = false
    private static let interval = Duration.seconds(10)

    init(emitsJSON: Bool) {
        self.emitsJSON = emitsJSON
    }

    func hear(_ event: EngineEvent) {
        switch event {
        case .notice(let text): say("note: \(text)")
        case .planned(let plan):
            if emitsJSON { try? Terminal.json(["planned": plan]) }
            let heldOut =
                plan.heldOutPhotos > 0 ? ", \(plan.heldOutPhotos) to measure with before they teach as well" : ""
            say(
                "\(plan.trainingPhotos) photos to learn from\(heldOut); \(plan.steps) steps "
                    + "of \(plan.batchSize) photos at \(number(plan.secondsPerStep, 2)) s on \(plan.device)")
        case .progress(let progress):
            if emitsJSON { try? Terminal.json(["progress": progress]) }
            show(progress)
        default: break
        }
    }

    /// Ends a line that renews itself.
    func finish() {
        guard hasOpenLine else { return }
        hasOpenLine = false
        Terminal.note("")
    }

    private func say(_ text: String) {
        finish()
        Terminal.note(text)
    }

    private func show(_ progress: TrainingProgress) {
        let losses = progress.losses.sorted { $0.key < $1.key }.map { "\($0.key) \(number($0.value, 2))" }
        let score = progress.heldOutScore.map { ", mAP@50 \(number($0, 3))" } ?? ""
        let text =
            "step \(progress.step)/\(progress.steps), \(number(progress.imagesPerSecond, 1)) images/s, "
            + "\(losses.joined(separator: ", "))\(score), \(TimeBudget(seconds: progress.secondsLeft).text) left"
        if Terminal.isInteractive {
            try? FileHandle.standardError.write(contentsOf: Data("\r\u{1B}[K\(text)".utf8))
            hasOpenLine = true
        } else if progress.step == progress.steps || lastLine.map({ clock.now - $0 >= Self.interval }) ?? true {
            lastLine = clock.now
            Terminal.note(text)
        }
    }

    private func number(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
}

import Foundation
public import PomonaStore

extension LabelingTask {
    /// Takes what a person has drawn. Where several label the photo one after the other it is that person's draft, which
    /// nobody else sees; what was decided already is submitted again.
    mutating func take(_ new: [TaskAnnotation], by person: PersonName, _ scene: inout TaskScene) {
        if state.isQueued, scene.project.settings.hasSeveralLabelers {
            scene.setLabeling(of: person, new, submittedAt: nil)
            scene.historyAnnotations = new
            return
        }
        annotations = new
        if state.isLabeled || state == .needsReview {
            state = .submitted
            review = nil
        }
    }

    /// Takes which of its suggestions a person says are wrong: all others are open (again). Where several label the photo
    /// it is no decision for the others, so nothing of it is kept.
    mutating func dismiss(_ ids: [String]?, _ scene: TaskScene) {
        guard let ids, !scene.project.settings.hasSeveralLabelers else { return }
        let wrong = Set(ids)
        for place in suggestions.indices {
            suggestions[place].isDismissed = wrong.contains(suggestions[place].id) ? true : nil
        }
    }

    /// - Throws: ``LabelingError/notRunning(project:)`` where a labeler decides upon a photo that nobody hands out.
    func checkRunning(_ project: LabelingProject, for role: ProjectRole) throws {
        guard state.isQueued, project.state != .running, role < .reviewer else { return }
        throw LabelingError.notRunning(project: project.name)
    }

    /// Takes what a person says is right.
    mutating func submit(_ new: [TaskAnnotation], by person: PersonName, _ scene: inout TaskScene) {
        scene.endsLease = true
        guard scene.project.settings.hasSeveralLabelers, state.isQueued else {
            finish(.submitted, new, by: person, &scene)
            return
        }
        scene.setLabeling(of: person, new, submittedAt: scene.time)
        scene.historyAnnotations = new
        let consensus = Consensus(
            scene.labelings.filter { $0.submittedAt != nil }.map(\.annotations), settings: scene.project.settings)
        agreement = consensus.agreement
        switch consensus.outcome {
        case .undecided: break
        case .agreed(let agreed): finish(.submitted, agreed, by: person, &scene)
        case .disagreed(let best): finish(.needsReview, best, by: person, &scene)
        }
    }

    private mutating func finish(
        _ next: State, _ new: [TaskAnnotation], by person: PersonName, _ scene: inout TaskScene
    ) {
        annotations = new
        // Whatever the model proposed, the person has decided.
        suggestions = []
        state = next
        submittedBy = person
        submittedAt = scene.time
        review = nil
    }

    /// - Throws: ``LabelingError/wrongState(_:photo:action:)``.
    mutating func review(
        _ verdict: LabelingService.Verdict, words: String, by person: PersonName, _ scene: inout TaskScene
    ) throws {
        let isDecided = state.isLabeled || state == .needsReview
        switch verdict {
        case .approve:
            guard isDecided else { throw LabelingError.wrongState(state, photo: name, action: "approved") }
            state = .approved
            review = Review(verdict: .approved, words: words, person: person, at: scene.time)
        case .reject:
            guard isDecided else { throw LabelingError.wrongState(state, photo: name, action: "rejected") }
            state = .rejected
            review = Review(verdict: .rejected, words: words, person: person, at: scene.time)
            // Everybody may say it again, from what they said before.
            for place in scene.labelings.indices { scene.labelings[place].submittedAt = nil }
        case .accept:
            guard state == .skipped else { throw LabelingError.wrongState(state, photo: name, action: "left out") }
            isDropped = true
        case .return:
            guard state == .skipped else { throw LabelingError.wrongState(state, photo: name, action: "put back") }
            state = suggestions.isEmpty ? .unlabeled : .preLabeled
        }
        scene.endsLease = true
    }

    /// The task as one person may see it: where several label it, nobody sees what the others said before all is decided.
    public func seen(by person: Person.ID, in project: LabelingProject, _ labelings: [PersonLabeling]) -> LabelingTask {
        guard project.settings.hasSeveralLabelers, state.isQueued else { return self }
        var seen = self
        seen.annotations = labelings.first { $0.person.id == person }?.annotations ?? []
        return seen
    }
}

extension TaskScene {
    fileprivate mutating func setLabeling(of person: PersonName, _ annotations: [TaskAnnotation], submittedAt: Date?) {
        let labeling = PersonLabeling(person: person, annotations: annotations, submittedAt: submittedAt)
        if let place = labelings.firstIndex(where: { $0.person.id == person.id }) {
            labelings[place] = labeling
        } else {
            labelings.append(labeling)
        }
    }
}

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

    /// Decides a waiting photo anew, after the project asks another number of people or holds them to agree otherwise:
    /// what was submitted must not wait for people who are no longer asked.
    ///
    /// - Returns: whether that changed the photo.
    mutating func decideAgain(_ scene: inout TaskScene) -> Bool {
        let submitted = scene.labelings.filter { $0.submittedAt != nil }
        guard scene.project.settings.hasSeveralLabelers else {
            agreement = nil
            if let latest = submitted.last {
                finish(.submitted, latest.annotations, by: latest.person, &scene)
                scene.endsLease = true
                return true
            }
            // A draft goes on as the photo's own: its place is where the one labeler looks.
            guard annotations.isEmpty, let draft = scene.labelings.last?.annotations, !draft.isEmpty else {
                return false
            }
            annotations = draft
            return true
        }
        guard let latest = submitted.last else { return false }
        let before = self
        let consensus = Consensus(submitted.map(\.annotations), settings: scene.project.settings)
        agreement = consensus.agreement
        switch consensus.outcome {
        case .undecided: return self != before
        case .agreed(let agreed): finish(.submitted, agreed, by: latest.person, &scene)
        case .disagreed(let best): finish(.needsReview, best, by: latest.person, &scene)
        }
        scene.endsLease = true
        return true
    }

    private mutating func finish(
        _ next: State, _ new: [TaskAnnotation], by person: PersonName, _ scene: inout TaskScene
    ) {
        annotations = new
        // Whatever the model proposed, the person has decided.
        suggestions = []
        state = next
        isDropped = false
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
            isDropped = false
            if !scene.project.settings.hasSeveralLabelers {
                // Whoever labeled it among others is handed it like everybody.
                for place in scene.labelings.indices { scene.labelings[place].submittedAt = nil }
            }
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

import Foundation
import PomonaCore
import PomonaLabeling
import PomonaStore

/// A photo of a labeling project as the page knows it.
struct TaskDocument: Encodable, Sendable {
    struct Photo: Encodable, Sendable {
        var blobID: String
        var name: String
        var width: Int
        var height: Int
    }

    struct Annotation: Encodable, Sendable {
        var id: String
        var categoryID: String
        var box: Box?
        var isLocked: Bool?
        var from: String?
        var confidence: Double?

        init(_ annotation: TaskAnnotation) {
            id = annotation.id
            categoryID = annotation.category.studioID
            box = annotation.box
            isLocked = annotation.isLocked
            from = annotation.origin?.rawValue
            confidence = annotation.confidence
        }
    }

    struct Suggestion: Encodable, Sendable {
        var id: String
        var categoryID: String
        var box: Box?
        var confidence: Double

        init(_ suggestion: TaskSuggestion) {
            id = suggestion.id
            categoryID = suggestion.category.studioID
            box = suggestion.box
            confidence = suggestion.confidence
        }
    }

    struct Name: Encodable, Sendable {
        var personID: String
        var name: String

        init(_ person: PersonName) {
            personID = person.id.studioID
            name = person.name
        }
    }

    struct Lease: Encodable, Sendable {
        var personID: String
        var name: String
        var expiresAt: Date

        init(_ lease: LabelingTask.Lease) {
            personID = lease.person.id.studioID
            name = lease.person.name
            expiresAt = lease.expiresAt
        }
    }

    struct Review: Encodable, Sendable {
        var verdict: String
        var words: String
        var name: String?
        var at: Date
    }

    struct Labeling: Encodable, Sendable {
        var personID: String
        var name: String
        var at: Date?
        var annotations: [Annotation]
    }

    var id: String
    var projectID: String
    var number: Int
    var photo: Photo
    var state: String
    var revision: Int
    /// Left out of events, which tell that a photo changed and not what is on it.
    var annotations: [Annotation]?
    /// Those that nobody dismissed.
    var suggestions: [Suggestion]?
    /// Those that can be had back; left out where there are none.
    var dismissed: [Suggestion]?
    var annotationCount: Int
    /// Of `suggestions`: who holds the photo learns from an event that others came.
    var suggestionCount: Int
    var lease: Lease?
    var submittedBy: Name?
    var submittedAt: Date?
    var review: Review?
    var agreement: Double?
    var disagreement: Double?
    var labelings: [Labeling]?

    init(_ task: LabelingTask, labelings: [PersonLabeling] = [], isShort: Bool = false) {
        id = task.id.studioID
        projectID = task.project.studioID
        number = task.number
        photo = Photo(blobID: task.item.studioID, name: task.name, width: task.size.width, height: task.size.height)
        state = task.state.rawValue
        revision = task.revision
        annotations = isShort ? nil : task.annotations.map(Annotation.init)
        let open = task.suggestions.filter { $0.isDismissed != true }
        let isAnyDismissed = open.count < task.suggestions.count
        suggestions = isShort ? nil : open.map(Suggestion.init)
        dismissed =
            isShort || !isAnyDismissed
            ? nil : task.suggestions.filter { $0.isDismissed == true }.map(Suggestion.init)
        annotationCount = task.annotations.count
        suggestionCount = open.count
        lease = task.lease.map(Lease.init)
        submittedBy = task.submittedBy.map(Name.init)
        submittedAt = task.submittedAt
        review = task.review.map {
            Review(verdict: $0.verdict.rawValue, words: $0.words, name: $0.person?.name, at: $0.at)
        }
        agreement = task.agreement
        disagreement = task.disagreement
        let finished = labelings.filter { $0.submittedAt != nil }
        self.labelings =
            finished.isEmpty
            ? nil
            : finished.map {
                Labeling(
                    personID: $0.person.id.studioID, name: $0.person.name, at: $0.submittedAt,
                    annotations: $0.annotations.map(Annotation.init))
            }
    }
}

extension ProjectCall {
    /// A photo as this person may see it.
    func document(_ task: LabelingTask) async throws -> TaskDocument {
        guard project.settings.hasSeveralLabelers else { return TaskDocument(task) }
        let labelings = try await catalog.labelings(of: task.id)
        return TaskDocument(
            task.seen(by: person.id, in: project, labelings), labelings: role >= .reviewer ? labelings : [])
    }

    func documents(_ tasks: [LabelingTask]) async throws -> [TaskDocument] {
        var documents: [TaskDocument] = []
        for task in tasks { documents.append(try await document(task)) }
        return documents
    }
}

/// Annotations as the page sends them.
struct AnnotationBody: Decodable, Sendable {
    var id: String
    var categoryID: String
    var box: Box?
    var isLocked: Bool?
    var from: TaskAnnotation.Origin?
    var confidence: Double?

    static func annotations(_ bodies: [AnnotationBody]) throws -> [TaskAnnotation] {
        try bodies.enumerated().map { place, body in
            guard let category = LabelCategory.ID(studioID: body.categoryID) else {
                throw StudioFailure.field(
                    "annotations.\(place).categoryID", "There is no label category \"\(body.categoryID.prefix(80))\".")
            }
            return TaskAnnotation(
                id: body.id, category: category, box: body.box, isLocked: body.isLocked == true ? true : nil,
                origin: body.from, confidence: body.confidence.map { min(1, max(0, $0)) })
        }
    }
}

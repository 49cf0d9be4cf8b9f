import Foundation
public import PomonaCore
import PomonaImaging
public import PomonaStore

extension LabelingService {
    /// Long side of the version of a photo that is searched, in pixels.
    private static let searchedSide = 1_024

    /// Suggests what looks like a box in the same photo.
    ///
    /// - Throws: `StoreError.invalidValue` for a box that is no part of the photo, `ImagingError`, `BlobError`.
    public func similar(
        to box: Box, category: LabelCategory.ID, in task: LabelingTask, of project: LabelingProject
    ) async throws -> [TaskSuggestion] {
        try project.check([TaskAnnotation(id: "box", category: category, box: box)], for: task)
        let path = try await store.blobs.localFile(of: try catalog.address(of: task, in: project))
        let known = task.annotations.compactMap(\.box)
        let (size, name) = (task.size, task.name)
        let places = try await withCheckedThrowingContinuation { continuation in
            // Comparing pixels takes a moment, in which the threads of others must go on.
            DispatchQueue.global(qos: .userInitiated).async {
                continuation.resume(
                    with: Result {
                        let photo = try ImageDecoder(limits: ImageLimits(bytes: 256 << 20)).decode(
                            path: path, named: name,
                            fittingWithin: ImageSize(width: Self.searchedSide, height: Self.searchedSide))
                        return try SimilarSearch.places(like: box, in: photo.image, of: size, avoiding: known)
                    })
            }
        }
        return places.map { place, likeness in
            TaskSuggestion(
                id: UUID().uuidString.lowercased(), category: category, box: place,
                confidence: min(1, max(0, likeness)))
        }
    }
}

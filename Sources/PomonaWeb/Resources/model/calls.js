// @ts-check
// Ready command lines and programs for the group's models and photos.

/** @param {string} text in single quotes for a shell */
export function shellQuoted(text) {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** @param {string} text as a Python string */
function pythonQuoted(text) {
  return JSON.stringify(text)
}

/**
 * @typedef {{endpoint: string, key: string, model?: string}} Call `model`: the custom model's name, none for the
 *   default one
 */

/** @param {Call} call */
function analyzeURL({ endpoint, model }) {
  const base = `${endpoint}/computervision/imageanalysis:analyze`
  return model ? `${base}?api-version=2023-04-01-preview&model-name=${encodeURIComponent(model)}`
    : `${base}?api-version=2023-10-01&features=objects,tags`
}

/** @param {Call} call */
export function analyzeCurl(call) {
  return `curl -s \\
  ${shellQuoted(analyzeURL(call))} \\
  -H ${shellQuoted(`Ocp-Apim-Subscription-Key: ${call.key}`)} \\
  -H 'Content-Type: application/octet-stream' \\
  --data-binary @photo.jpg`
}

/** @param {Call} call */
export function analyzePython(call) {
  if (!call.model) {
    return `# pip install azure-ai-vision-imageanalysis
from azure.ai.vision.imageanalysis import ImageAnalysisClient
from azure.ai.vision.imageanalysis.models import VisualFeatures
from azure.core.credentials import AzureKeyCredential

client = ImageAnalysisClient(${pythonQuoted(call.endpoint)}, AzureKeyCredential(${pythonQuoted(call.key)}))
with open("photo.jpg", "rb") as photo:
    result = client.analyze(photo.read(), [VisualFeatures.OBJECTS])
for found in result.objects.list:
    print(found.tags[0].name, found.tags[0].confidence, found.bounding_box)`
  }
  return `import json, urllib.request

url = ${pythonQuoted(analyzeURL(call))}
request = urllib.request.Request(url, data=open("photo.jpg", "rb").read(), headers={
    "Ocp-Apim-Subscription-Key": ${pythonQuoted(call.key)},
    "Content-Type": "application/octet-stream",
})
result = json.load(urllib.request.urlopen(request))["customModelResult"]
for found in result.get("objectsResult", {}).get("values", []):
    print(found["tags"][0]["name"], found["tags"][0]["confidence"], found["boundingBox"])
for tag in result.get("tagsResult", {}).get("values", []):
    print(tag["name"], tag["confidence"])`
}

/**
 * Uploading a folder of photos into a container.
 *
 * @param {{connectionString: string, containerURL: string, container: string, sas?: string}} storage
 * @returns {{az: string, azcopy: string, python: string}}
 */
export function uploadCalls({ connectionString, containerURL, container, sas }) {
  const address = sas ?? `${containerURL}?<SAS>`
  return {
    az: `az storage blob upload-batch \\
  --connection-string ${shellQuoted(connectionString)} \\
  --destination ${container} --source ./photos`,
    azcopy: `azcopy copy ./photos/ ${shellQuoted(address)} --recursive --from-to=LocalBlob`,
    python: `# pip install azure-storage-blob
from pathlib import Path
from azure.storage.blob import ContainerClient

container = ContainerClient.from_connection_string(
    ${pythonQuoted(connectionString)}, ${pythonQuoted(container)})
for path in Path("photos").glob("*.jpg"):
    with path.open("rb") as photo:
        container.upload_blob(path.name, photo, overwrite=True)`,
  }
}

/* Sends a file as it is, and tells how far it is: fetch cannot. The server knows its type by its name and its bytes. */
import type { Answer } from '../../api/operation';
import { newKey, Refusal, refused, writeHeaders } from '../../api/ask';

export type Uploaded = Answer<'upload_file'>;

export function upload(engagement_id: string, file: File, progress: (share: number) => void): Promise<Uploaded> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/v1/engagements/${engagement_id}/files?name=${encodeURIComponent(file.name)}`);
    for (const [name, value] of Object.entries(writeHeaders(newKey()))) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.onprogress = (event) => progress(event.total ? event.loaded / event.total : 0);
    request.onload = () => {
      if (request.status === 201 || request.status === 200) resolve(request.response as Uploaded);
      else void refused(request.status, request.response).then(reject);
    };
    request.onerror = () => reject(new Refusal(0, 'offline', '', null));
    request.send(file);
  });
}

import { describe, expect, it } from 'vitest';
import { fileOf } from '../../src/components/PreviewPlayer/mediaFile.js';

const at = 'https://media.example/c.jpg';

describe('another signature of the same file', () => {
  it.for([
    [
      'Amazon S3',
      'X-Amz-Algorithm=A&X-Amz-Credential=k&X-Amz-Date=1&X-Amz-Expires=60&X-Amz-SignedHeaders=host&X-Amz-Signature=a',
      /=a$|=1(?=&)|=k(?=&)/g,
    ],
    ['Amazon S3, as it was', 'AWSAccessKeyId=a&Expires=1&Signature=a', /=a|=1/g],
    ['CloudFront', 'Policy=a&Signature=a&Key-Pair-Id=K', /=a/g],
    ['Google Cloud', 'X-Goog-Algorithm=A&X-Goog-Date=1&X-Goog-Expires=60&X-Goog-Signature=a', /=a$|=1(?=&)/g],
    ['Azure', 'sv=2024&st=1&se=1&sr=b&sp=r&sig=a', /=a$|=1/g],
    ['Alibaba Cloud', 'OSSAccessKeyId=a&Expires=1&Signature=a', /=a|=1/g],
    [
      'Tencent Cloud',
      'q-sign-algorithm=sha1&q-ak=k&q-sign-time=1;2&q-key-time=1;2&q-header-list=host&q-url-param-list=&q-signature=a',
      /1;2|=a$/g,
    ],
    ['Akamai', 'hdnts=exp=1~hmac=a', /a$/g],
    ['Bunny', 'token=a&expires=1', /=a|=1/g],
    ['Facebook', 'oh=a&oe=a', /=a/g],
    ['Discord', 'ex=a&is=a&hm=a', /=a/g],
    ['TikTok', 'x-expires=1&x-signature=a', /=a|=1/g],
  ] as const)('of %s', ([, query, signed]) => {
    const other = query.replace(signed, '=2');
    expect(other).not.toBe(query);
    expect(fileOf(`${at}?size=large&${other}`)).toBe(fileOf(`${at}?size=large&${query}`));
    // With the same signature, another of what is shown is another file.
    expect(fileOf(`${at}?size=small&${query}`)).not.toBe(fileOf(`${at}?size=large&${query}`));
    expect(fileOf(`https://media.example/d.jpg?${query}`)).not.toBe(fileOf(`${at}?${query}`));
  });
});

describe('another file', () => {
  it.for([
    ['design', 'design=one', 'design=two'],
    ['a process of Alibaba Cloud', 'x-oss-process=image/resize,w_1', 'x-oss-process=image/resize,w_2'],
    ['an unknown parameter with x-', 'x-variant=1', 'x-variant=2'],
    ['a word that a signature is part of', 'design-signature-style=1', 'design-signature-style=2'],
    ['an author', 'author=ann', 'author=bob'],
    ['a keyId', 'keyid=1', 'keyid=2'],
    ['a short name of Azure without its signature', 'sv=1', 'sv=2'],
    ['a short name of Facebook alone', 'oe=1', 'oe=2'],
    ['is, without the rest of Discord’s', 'is=front', 'is=back'],
    ['a token that may name what is shown', 'token=one', 'token=two'],
    ['an expiry without a signature', 'expires=1', 'expires=2'],
    ['parameters in another order, which may matter', 'a=1&a=2', 'a=2&a=1'],
    ['a name and a value that look alike when joined', 'a=b%3Dc', 'a%3Db=c'],
    ['a part of a drawing', 'v=1#one', 'v=1#two'],
  ] as const)('by %s', ([, one, two]) => {
    expect(fileOf(`${at}?${one}`)).not.toBe(fileOf(`${at}?${two}`));
  });

  it('by its path, its origin and its data', () => {
    expect(fileOf('blob:https://a.example/1')).not.toBe(fileOf('blob:https://a.example/2'));
    expect(fileOf('data:image/png;base64,AA?sig=a&sv=1')).not.toBe(fileOf('data:image/png;base64,AA?sig=b&sv=1'));
    expect(fileOf('https://a.example/1?signature=a')).not.toBe(fileOf('https://b.example/1?signature=a'));
  });
});

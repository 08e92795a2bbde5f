filedesc://crawl.arc 0.0.0.0 20310305000000 text/plain 68
1 0 Example
URL IP-address Archive-date Content-type Archive-length

dns:harborpost.example 192.0.2.53 20310305000000 text/dns 54
20310305000000
harborpost.example. 300 IN A 192.0.2.1

https://harborpost.example/pier 192.0.2.1 20310305000001 text/html 732
HTTP/1.1 200 OK
Content-Type: text/html; charset=utf-8

<!DOCTYPE html><html lang="en"><head><title>Pier at Harrow Point shut</title><meta property="article:published_time" content="2031-03-04T10:00:00Z"><meta property="og:site_name" content="Harbor Post"></head><body><article><h1>Pier at Harrow Point shut</h1><p class="byline">By Lena Marsh<br>Harbor Post</p><p>The pier at Harrow Point will stay shut until May after a storm broke two of its legs, Mayor Joe Tran said on Tuesday. The town has asked three firms for a price.</p><p>The council promised 2 million euros for the work. It will be paid from the reserve, Tran said.</p><ul><li>Norway lends a crane.</li><li>Malta sends two divers.</li></ul></article></body></html>


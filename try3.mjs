import { simulate } from './dist/src/engine/simulate.js';
import { complete } from './dist/src/network/overlay.js';
import { constant } from './dist/src/network/latency.js';
import { scuttlebuttOn, groundOf } from './dist/src/protocols/scuttlebutt/scuttlebutt.js';
import { staleMappings } from './dist/src/metrics/stale-mappings.js';
const phase=process.argv[2]??'random', updates=process.argv[3]??'regular';
for (const order of ['precise-newest','depth','breadth','precise-oldest']) {
 const n=128, keys=64;
 const options={keys,order,updates,mtu:[[0,Infinity],[15000,100]],rate:[[0,1],[25000,2],[75000,1],[120000,0]]};
 const ground=groundOf(n,options); const observers=Array.from({length:n},(_,i)=>i);
 const rows=[]; let next=5e6; const t=Date.now();
 simulate({seed:'s1',n,protocol:scuttlebuttOn(ground,options),link:constant({ms:1}),overlay:complete,rounds:{periodMs:1000,phase},horizonMs:140000,
  observers:[{onRound(now){ if(now>=next){ const s=staleMappings({n,keys,observers},now,(o,w,k)=>ground.state.staleSince(o,w,k)); rows.push([Math.round(now/1e6),Math.round(s.count),(s.meanMaxMs/1000).toFixed(1)]); next+=5e6;} }}]});
 const pick=rows.filter(r=>[20,30,40,50,60,70,75,80,90,100,110,120,125,130,135].includes(r[0]));
 console.log(order, pick.map(r=>r.join('/')).join(' '), Date.now()-t);
}
